//! Every file below `samples/` read and held against its snapshot; `FILE.args` beside a sample holds its options.

use std::fs;

use offdesk_import::Input;

use crate::collect;

#[test]
fn samples() {
    insta::glob!("../../samples", "*/*", |path| {
        if path
            .extension()
            .is_some_and(|extension| extension == "args")
        {
            return;
        }
        let args = fs::read_to_string(format!("{}.args", path.display())).unwrap_or_default();
        let result = Input::open(path)
            .and_then(|mut input| collect::read(&mut input, &collect::options(&args)));
        insta::assert_snapshot!(collect::written_out(result));
    });
}
