//! The bytes of a file by the name under which GDAL opens it, such as one in a zip.

use std::ffi::CString;
use std::io::{self, Read, Seek, SeekFrom};

/// An open file; it is closed when this is dropped.
pub(crate) struct GdalFile {
    handle: *mut gdal_sys::VSILFILE,
}

impl GdalFile {
    /// Opens a file for reading; none when there is no such file.
    pub(crate) fn open(name: &str) -> Option<Self> {
        let name = CString::new(name).ok()?;
        #[expect(unsafe_code, reason = "the gdal crate opens no file that is not a data set")]
        // SAFETY: both strings end in a null byte and live during the call.
        let handle = unsafe { gdal_sys::VSIFOpenL(name.as_ptr(), c"rb".as_ptr()) };
        // Only a handle that is one may be made into a file: dropping it closes it.
        if handle.is_null() { None } else { Some(Self { handle }) }
    }

    /// All bytes of a file; none when there is no such file, or it cannot be read.
    pub(crate) fn bytes_of(name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        Self::open(name)?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

impl Read for GdalFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[expect(unsafe_code, reason = "the gdal crate has no call for it")]
        // SAFETY: the file is open, and the buffer has room for as many bytes as are asked for.
        let (read, at_end) = unsafe {
            let read = gdal_sys::VSIFReadL(buffer.as_mut_ptr().cast(), 1, buffer.len(), self.handle);
            (read, gdal_sys::VSIFEofL(self.handle) != 0)
        };
        // A folder can be opened, and not be read.
        if read > 0 || at_end || buffer.is_empty() {
            Ok(read)
        } else {
            Err(io::Error::other("GDAL cannot read it"))
        }
    }
}

impl Seek for GdalFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // The numbers of the C library for "from the start", "from here" and "from the end".
        let (offset, whence) = match to {
            SeekFrom::Start(offset) => (offset, 0),
            SeekFrom::Current(offset) => (offset.cast_unsigned(), 1),
            SeekFrom::End(offset) => (offset.cast_unsigned(), 2),
        };
        #[expect(unsafe_code, reason = "the gdal crate has no call for it")]
        // SAFETY: the file is open.
        let (code, at) =
            unsafe { (gdal_sys::VSIFSeekL(self.handle, offset, whence), gdal_sys::VSIFTellL(self.handle)) };
        if code == 0 { Ok(at) } else { Err(io::Error::other("GDAL cannot seek in the file")) }
    }
}

impl Drop for GdalFile {
    fn drop(&mut self) {
        #[expect(unsafe_code, reason = "the gdal crate has no call for it")]
        // SAFETY: the file is open, and nobody uses the handle afterwards.
        unsafe {
            gdal_sys::VSIFCloseL(self.handle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_has_no_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        let name = path.to_str().expect("a name");
        assert_eq!(GdalFile::bytes_of(name), None);
        assert_eq!(GdalFile::bytes_of(folder.path().to_str().expect("a name")), None);
        assert_eq!(GdalFile::bytes_of("a\0b"), None);
        for bytes in [&b""[..], b"some bytes"] {
            std::fs::write(&path, bytes).expect("a file");
            assert_eq!(GdalFile::bytes_of(name).as_deref(), Some(bytes));
        }
    }
}
