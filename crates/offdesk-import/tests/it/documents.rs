//! Documents of every kind, and what is refused: archives that are bombs or mislead, Word files that are damaged, garbage.

use std::io::{Cursor, Write as _};

use offdesk_import::documents::{Attached, Document, Documents, pack, read_documents};
use zip::write::{SimpleFileOptions, ZipWriter};

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn texts(read: &Documents) -> Vec<(&str, &str)> {
    let all = read.all.iter();
    all.map(|document| (document.name.as_str(), document.text.as_str()))
        .collect()
}

fn code(name: &str, bytes: &[u8]) -> &'static str {
    read_documents(name, bytes.to_vec()).unwrap_err().code
}

const NS: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

fn word(body: &str) -> Vec<u8> {
    let document =
        format!("<?xml version=\"1.0\"?><w:document {NS}><w:body>{body}</w:body></w:document>");
    let styles = format!(
        "<w:styles {NS}><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style></w:styles>"
    );
    let numbering = format!(
        "<w:numbering {NS}><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"4\"/></w:num></w:numbering>"
    );
    let links = "<Relationships><Relationship Id=\"rId1\" Target=\"https://example.com/a\"/>\
        <Relationship Id=\"rId2\" Target=\"javascript:alert(1)\"/></Relationships>";
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
    ])
}

fn paragraph(properties: &str, text: &str) -> String {
    format!(
        "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn a_word_file_keeps_its_headings_lists_tables_and_links() {
    let item = |level: u8, text: &str| {
        let list = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"2\"/></w:numPr>");
        paragraph(&list, text)
    };
    let body = [
        paragraph("<w:pStyle w:val=\"Titel\"/>", "Month end &amp; taxes"),
        paragraph("<w:pStyle w:val=\"berschrift1\"/>", "Steps"),
        item(0, "Open the book"),
        item(1, "the new one"),
        item(0, "Close it"),
        paragraph("", "# no heading"),
        "<w:p><w:r><w:delText>gone</w:delText></w:r><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:hyperlink r:id=\"rId1\"><w:r><w:t>there</w:t></w:r></w:hyperlink>\
         <w:hyperlink r:id=\"rId2\"><w:r><w:t> not there</w:t></w:r></w:hyperlink></w:p>".to_owned(),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>y</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p><w:r><w:t>1|2</w:t></w:r></w:p><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
    ]
    .concat();
    let read = read_documents("Month end.docx", word(&body)).unwrap();
    assert_eq!(read.format, "Word file");
    assert_eq!(
        texts(&read),
        [(
            "Month end",
            "# Month end & taxes\n\n## Steps\n\n1. Open the book\n   - the new one\n2. Close it\n\n\\# no heading\n\n\
             a\nb\n\n[there](https://example.com/a) not there\n\n| x | y |\n| --- | --- |\n| 1\\|2 3 | |\n"
        )]
    );
}

#[test]
fn a_word_file_that_is_damaged_is_refused() {
    assert_eq!(code("a.docx", &word("<w:p><w:r>")[..200]), "import.zip");
    let doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document><w:t>&e;</w:t></w:document>";
    assert_eq!(
        code(
            "a.docx",
            &packed(&[("word/document.xml", doctype.as_bytes())])
        ),
        "import.document"
    );
    assert_eq!(
        code("a.docx", &packed(&[("word/document.xml", b"\xff\xfe<")])),
        "import.document"
    );
    assert_eq!(
        code("a.docx", &packed(&[("word/document.xml", b"<w:p <")])),
        "import.document"
    );
    // An entity that nobody declared says nothing.
    let unknown = word(&paragraph("", "a&lol;b"));
    assert_eq!(
        read_documents("a.docx", unknown).unwrap().all[0].text,
        "ab\n"
    );
    let deep = format!("{}{}", "<w:p>".repeat(200_000), "</w:p>".repeat(200_000));
    assert!(
        read_documents("a.docx", word(&deep))
            .unwrap()
            .all
            .is_empty()
    );
}

#[test]
fn exports_of_wikis_are_told_apart() {
    let notion = packed(&[
        (
            "Export/Booking 0123456789abcdef0123456789abcdef.md",
            b"# Booking\n\n- a",
        ),
        (
            "Export/Booking 0123456789abcdef0123456789abcdef/photo.png",
            b"\x89PNG",
        ),
        ("Export/Tasks 0123456789abcdef0123456789abcdee.csv", b"a,b"),
        ("__MACOSX/._x.md", b"no"),
    ]);
    let read = read_documents("n.zip", notion.clone()).unwrap();
    assert_eq!(
        (read.format, texts(&read)),
        ("Notion export", vec![("Booking", "# Booking\n\n- a")])
    );
    assert_eq!(
        read.left_out,
        ["Export/Tasks 0123456789abcdef0123456789abcdee.csv"]
    );
    assert_eq!(read.all[0].attached[0].name, "photo.png");
    let twice = packed(&[("ExportBlock-Part-1.zip", &notion)]);
    assert_eq!(
        texts(&read_documents("n.zip", twice.clone()).unwrap()).len(),
        1
    );
    let thrice = packed(&[("a.zip", &twice)]);
    assert_eq!(code("n.zip", &thrice), "import.no_documents");
    let book = br#"{"book":{"name":"B","chapters":[{"pages":[{"name":"One","markdown":"- a","html":"<p>a</p>","attachments":[{"name":"Prices.pdf","file":"x"},{"name":"Site","link":"https://e.example"}],"images":[{"name":"lost.png","file":"y"}]}]}],
        "pages":[{"name":"Two","html":"<h2 id=\"x\">Steps</h2><ol><li>Open<br>it</li><li><p>Send &amp; wait&nbsp;</p><ul><li>in</li></ul></li></ol><script>bad()</script><p>See <a href='https://e.example/x'>this</a> <a href=\"javascript:x\">that</a></p><pre>a\n  b</pre>","markdown":""}]}}"#;
    let read = read_documents("b.zip", packed(&[("data.json", book), ("files/x", b"1")])).unwrap();
    assert_eq!(read.format, "BookStack export");
    let prices = Attached {
        name: "Prices.pdf".to_owned(),
        bytes: b"1".to_vec(),
    };
    assert_eq!(
        (&read.all[0].attached, &read.left_out),
        (&vec![prices], &vec!["lost.png".to_owned()])
    );
    assert_eq!(
        texts(&read),
        [
            ("One", "- a"),
            (
                "Two",
                "## Steps\n\n1. Open\n   it\n2. Send & wait\n   - in\n\nSee [this](https://e.example/x) that\n\n```\na\n  b\n```\n"
            ),
        ]
    );
    assert_eq!(
        code("b.zip", &packed(&[("data.json", b"{")])),
        "import.document"
    );
}

/// What was exported comes back as it went: all that lies in the folder of a document is a file of it, whatever it is.
#[test]
fn what_was_exported_comes_back_as_it_went() {
    let inner = packed(&[("a.md", b"- a")]);
    let file = |name: &str, bytes: &[u8]| Attached {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let booking = Document {
        name: "Booking".to_owned(),
        text: "# Booking\n\n[the list](a.pdf) [the other](A.pdf)\n".to_owned(),
        attached: vec![
            file("A.pdf", b"1"),
            file("a.pdf", b"2"),
            file("letter.md", b"# Dear\n"),
            file("notes.txt", b"n"),
            file("page.html", b"<p>p</p>"),
            file("pack.zip", &inner),
            file(".env.sample", b"e"),
        ],
    };
    let read = read_documents("export.zip", pack(&[booking]).unwrap()).unwrap();
    assert_eq!((read.all.len(), read.left_out.len()), (1, 0), "{read:?}");
    let mut found = read.all[0].attached.clone();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    let expected = [
        file(".env.sample", b"e"),
        file("A.pdf", b"1"),
        file("a-2.pdf", b"2"),
        file("letter.md", b"# Dear\n"),
        file("notes.txt", b"n"),
        file("pack.zip", &inner),
        file("page.html", b"<p>p</p>"),
    ];
    assert_eq!(found, expected);
    assert_eq!(
        read.all[0].text,
        "# Booking\n\n[the list](a-2.pdf) [the other](A.pdf)\n"
    );
    // Below a page of Notion there are pages, and what is hidden elsewhere is named.
    let notion = packed(&[
        ("Booking 0123456789abcdef0123456789abcdef.md", b"- a"),
        (
            "Booking 0123456789abcdef0123456789abcdef/Part 0123456789abcdef0123456789abcdee.md",
            b"- b",
        ),
        (".env", b"x"),
        (".DS_Store", b"x"),
    ]);
    let read = read_documents("n.zip", notion).unwrap();
    assert_eq!(
        (read.all.len(), read.left_out),
        (2, vec![".env".to_owned()])
    );
}

/// What is said in a footnote, with a hyphen that does not break, or in a list of terms, is said.
#[test]
fn notes_hyphens_and_lists_of_terms_are_kept() {
    let body = "<w:p><w:r><w:t>A twenty</w:t><w:noBreakHyphen/><w:t>page list</w:t>\
        <w:footnoteReference w:id=\"2\"/><w:t>.</w:t></w:r></w:p>";
    let document = format!("<w:document {NS}><w:body>{body}</w:body></w:document>");
    let notes = format!(
        "<w:footnotes {NS}><w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>\
         <w:footnote w:id=\"2\"><w:p><w:r><w:t>Of May &amp; June</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let file = packed(&[
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
    ]);
    let read = read_documents("a.docx", file).unwrap();
    assert_eq!(read.all[0].text, "A twenty-page list (Of May & June).\n");
    let page = b"<p>Terms</p><dl><dt>Till</dt><dd>where the money is</dd><dt>Float</dt><dd>what stays in it</dd></dl><p>End</p>";
    let read = read_documents("p.html", page.to_vec()).unwrap();
    assert_eq!(
        read.all[0].text,
        "Terms\n\n- Till\n  where the money is\n- Float\n  what stays in it\n\nEnd\n"
    );
}

/// What a page names stays named where the file came along: the page that shows it leads to it.
#[test]
fn links_to_files_of_a_page_are_kept() {
    let book = br#"{"page":{"name":"One","html":"<p><img src='[[bsexport:image:4]]' alt='The till'> <a href='[[bsexport:attachment:5]]'>prices</a></p>",
        "attachments":[{"id":5,"name":"Price list.pdf","file":"x"}],"images":[{"id":4,"name":"till.png","file":"y"}]}}"#;
    let zip = packed(&[("data.json", book), ("files/x", b"1"), ("files/y", b"2")]);
    let read = read_documents("b.zip", zip).unwrap();
    assert_eq!(
        texts(&read),
        [("One", "![The till](till.png) [prices](Price%20list.pdf)\n")]
    );
    let page = b"<p><img src='pack/p.png' alt='pic'> <img src='https://e.example/x.png' alt='far'> <a href='../pack/a (1).csv'>list</a> <a href='#top'>up</a></p>";
    let read = read_documents("p.html", page.to_vec()).unwrap();
    assert_eq!(
        read.all[0].text,
        "![pic](pack/p.png) far [list](../pack/a%20%281%29.csv) up\n"
    );
}

/// One file that says nothing, or is damaged, leaves the others as they are, and is named.
#[test]
fn what_cannot_be_read_is_left_out_and_named() {
    let zip = packed(&[
        ("a.md", b"- a"),
        ("sub/empty.md", b""),
        ("sub/x.md", b"\x7fELF\x02\0\0\0"),
    ]);
    let read = read_documents("f.zip", zip).unwrap();
    assert_eq!(texts(&read), [("a", "- a")]);
    assert_eq!(
        read.left_out,
        ["sub/empty.md: it is empty", "sub/x.md: sub/x.md is no text"]
    );
    let titled = b"---\ntitle: Month end\n---\n- close the book\n";
    let read = read_documents("x.md", titled.to_vec()).unwrap();
    assert_eq!(texts(&read), [("Month end", "- close the book\n")]);
}

#[test]
fn archives_that_mislead_or_swell_are_refused() {
    for (name, expected) in [
        ("../a.md", "import.zip_path"),
        ("/a.md", "import.zip_path"),
        ("c:a.md", "import.zip_path"),
        ("a\\b.md", "import.zip_path"),
        (&"x".repeat(256), "import.zip_path"),
    ] {
        assert_eq!(code("a.zip", &packed(&[(name, b"a")])), expected, "{name}");
    }
    assert_eq!(
        code("a.zip", &packed(&[("a.md", b"a"), ("A.md", b"a")])),
        "import.zip_path"
    );
    let zeros = vec![b' '; 5 * 1024 * 1024];
    assert_eq!(
        code("a.zip", &packed(&[("a.md", &zeros)])),
        "import.document_size"
    );
    let large = vec![b'x'; 4 * 1024 * 1024 - 1];
    let names: Vec<String> = (0..20).map(|at| format!("{at}.md")).collect();
    let many: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), large.as_slice()))
        .collect();
    assert_eq!(code("a.zip", &packed(&many)), "import.document_size");
    assert_eq!(
        code("a.zip", &packed(&[("a.png", b"a")])),
        "import.no_documents"
    );
    assert_eq!(code("a.md", b""), "import.empty");
    assert_eq!(code("a.md", b"\x7fELF\x02\0\0\0"), "import.document");
    let cut = packed(&[("a.md", b"some text that is there")]);
    assert_eq!(code("a.zip", &cut[..cut.len() / 2]), "import.zip");
}

#[test]
fn plain_files_are_read_in_their_encoding() {
    let text = |bytes: &[u8]| {
        read_documents("n.txt", bytes.to_vec()).unwrap().all[0]
            .text
            .clone()
    };
    assert_eq!(text(b"Gr\xfc\xdfe"), "Grüße");
    assert_eq!(text(b"\xff\xfea\0b\0"), "ab");
    let html = read_documents("p.html", b"<title>x</title><p>a<p>b".to_vec()).unwrap();
    assert_eq!(html.all[0].text, "a\n\nb\n");
}

#[test]
fn tables_of_a_page_are_tables() {
    let check = |html: &str, expected: &str| {
        let read = read_documents("p.html", html.as_bytes().to_vec()).unwrap();
        assert_eq!(read.all[0].text, expected, "{html}");
    };
    check(
        "<p>Limits</p><table><caption>In euro</caption><thead><tr><th>Amount</th><th>Who</th></tr></thead>\
         <tbody><tr><td>50</td><td><p>Ana</p></td></tr><tr><td>500</td><td>me <a href='https://e.example'>here</a></td></tr></tbody></table><p>End</p>",
        "Limits\n\nIn euro\n\n| Amount | Who |\n| --- | --- |\n| 50 | Ana |\n| 500 | me [here](https://e.example) |\n\nEnd\n",
    );
    // A table in a cell, and one that is never closed.
    check(
        "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d|e</td></tr>",
        "| a b c | d\\|e |\n| --- | --- |\n",
    );
    check("<table></table><p>x</p>", "x\n");
}

#[test]
fn what_is_packed_comes_back_as_it_was() {
    let documents: Vec<Document> = ["A/B", "a b", "ü", ""]
        .iter()
        .map(|name| Document {
            name: (*name).to_owned(),
            text: format!("# {name}\n\ntext\n"),
            attached: vec![Attached {
                name: "list of prices.pdf".to_owned(),
                bytes: name.as_bytes().iter().copied().chain([0]).collect(),
            }],
        })
        .collect();
    let zip = pack(&documents).unwrap();
    assert_eq!(zip, pack(&documents).unwrap());
    let read = read_documents("a.zip", zip).unwrap();
    let names: Vec<_> = read
        .all
        .iter()
        .map(|document| document.name.as_str())
        .collect();
    assert_eq!(names, ["a-b", "a-b-2", "ü", "untitled"]);
    assert!(
        read.all
            .iter()
            .zip(&documents)
            .all(|(a, b)| a.text == b.text && a.attached == b.attached)
    );
}
