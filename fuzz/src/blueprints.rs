//! Blueprints and the documents they are brought in from: the form is a fixed point, and no file stops the reader.

use offdesk_domain::blueprint::{Blueprint, Circumstances, from_notes, gate, warnings};
use offdesk_import::documents::{LONGEST, read_documents};

/// Reads the bytes as Markdown.
pub fn check_form(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let blueprint = Blueprint::of(&text);
    let form = blueprint.markdown();
    let again = Blueprint::of(&form);
    assert_eq!(again.markdown(), form, "a form written and read again");
    assert_eq!(again, blueprint, "a blueprint written and read again");
    let _ = gate(&blueprint);
    let _ = warnings(&blueprint, Circumstances::default());
    assert_eq!(from_notes(&form), blueprint, "a form taken for notes");
    let draft = from_notes(&text);
    assert_eq!(
        Blueprint::of(&draft.markdown()),
        draft,
        "a draft read again"
    );
}

/// Reads the bytes as a document of every kind; the first one picks which.
pub fn check_documents(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else {
        return;
    };
    let name = ["a.zip", "a.docx", "a.html", "a.md"][usize::from(kind % 4)];
    let Ok(read) = read_documents(name, bytes.to_vec()) else {
        return;
    };
    for document in read.all {
        assert!(document.text.len() <= 4 * LONGEST, "a document has swollen");
        let _ = from_notes(&document.text);
    }
}
