//! A run is followed stage by stage, and ended from elsewhere.

use std::sync::{Arc, Mutex};

use sanxian::{Check, CheckOptions, Error, Layer, ReadOptions, Stage, Watch};
use sanxian_tests::data;

fn layer(name: &str) -> Layer {
    let source = format!("{}#{name}", data("demo/county.gpkg").display());
    Layer::read(&source, &ReadOptions::default()).expect("a layer of the county")
}

fn check(watch: Watch) -> Result<usize, Error> {
    let options = CheckOptions { watch, ..CheckOptions::default() };
    let check = Check::new(layer("GHYDYH")).redline(layer("STBHHX")).farmland(layer("YJJBNTBHTB"));
    check.options(options).run().map(|report| report.findings().len())
}

#[test]
fn the_stages_are_told_in_their_order() {
    let heard: Arc<Mutex<Vec<Stage>>> = Arc::default();
    let told = Arc::clone(&heard);
    let watch = Watch::default().on_stage(move |stage| told.lock().expect("no panic").push(stage));
    assert!(check(watch).expect("a check") > 0);
    assert_eq!(*heard.lock().expect("no panic"), [Stage::Read, Stage::Index, Stage::Overlap, Stage::Rules]);
}

#[test]
fn a_run_that_is_asked_to_end_in_any_stage_has_no_result() {
    for last in [Stage::Read, Stage::Index, Stage::Overlap, Stage::Rules] {
        let watch = Watch::default();
        let stop = watch.stop();
        let watch = watch.on_stage(move |stage| {
            if stage == last {
                stop.ask();
            }
        });
        assert!(matches!(check(watch), Err(Error::Stopped)), "{last:?}");
    }
    let watch = Watch::default();
    watch.stop().ask();
    assert!(matches!(check(watch), Err(Error::Stopped)));
}
