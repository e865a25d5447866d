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
        (!handle.is_null()).then_some(Self { handle })
    }

    /// All bytes of a file; none when there is no such file.
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
        let read = unsafe { gdal_sys::VSIFReadL(buffer.as_mut_ptr().cast(), 1, buffer.len(), self.handle) };
        Ok(read)
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
