//! What an interrupted run leaves behind. The only test of its process: what it does reaches every thread.

use sanxian_io::{WriteError, remove_unfinished, write_atomically};

#[test]
fn what_a_signal_interrupts_can_be_swept_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let entries = || std::fs::read_dir(folder.path()).expect("a folder").count();
    let failed: Result<(), WriteError> = write_atomically(&folder.path().join("out.geojson"), |unfinished| {
        std::fs::write(unfinished, "half").expect("half a file");
        assert_eq!(entries(), 1);
        remove_unfinished();
        assert_eq!(entries(), 0);
        Ok(())
    });
    assert!(failed.is_err(), "nothing is left to be moved in");
}
