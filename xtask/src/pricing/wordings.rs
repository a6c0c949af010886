//! Our own texts about work, as people write them: words that O*NET does not have.
//!
//! One file for each major group under `xtask/wordings`: a line with an occupation, and its texts below it, set in.

use std::fs;

use offdesk_domain::Soc;

use crate::Outcome;
use crate::machine::root;

/// All of them, in the order of the files and their lines.
pub fn wordings() -> Outcome<Vec<(Soc, String)>> {
    let mut files: Vec<_> = fs::read_dir(root().join("xtask/wordings"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Outcome<_>>()?;
    files.sort();
    let mut wordings = Vec::new();
    for file in files {
        let read = fs::read_to_string(&file)?;
        let texts = texts(&read).map_err(|line| {
            let name = file.display();
            format!("{name}:{line}: write an occupation such as 43-6014, or below it two blanks and a text")
        })?;
        wordings.extend(texts);
    }
    Ok(wordings)
}

/// The texts of one file with their occupations; else the number of the line that is neither.
fn texts(file: &str) -> Result<Vec<(Soc, String)>, usize> {
    let mut texts = Vec::new();
    let mut occupation = None;
    for (number, line) in (1_usize..).zip(file.lines()) {
        if let Some(text) = line.strip_prefix("  ") {
            let soc = occupation.ok_or(number)?;
            texts.push((soc, text.trim().to_owned()));
        } else {
            occupation = Some(line.trim_end().parse().map_err(|_| number)?);
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn texts_stand_below_their_occupation() {
        let read = texts("43-6014\n  clear the inbox\n  book travel\n13-2011\n  close the year\n");
        let read = read.unwrap();
        let shown: Vec<String> = read
            .iter()
            .map(|(soc, text)| format!("{soc} {text}"))
            .collect();
        assert_eq!(
            shown,
            [
                "43-6014 clear the inbox",
                "43-6014 book travel",
                "13-2011 close the year"
            ]
        );
    }

    #[test]
    fn a_line_that_is_neither_is_named() {
        assert_eq!(texts("  first\n"), Err(1));
        assert_eq!(texts("43-6014\nclear the inbox\n"), Err(2));
    }
}
