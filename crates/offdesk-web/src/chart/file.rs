//! A picture as a file of its own, with the look of the pages in it.

use maud::Markup;

use crate::theme::style_sheet;

/// What a picture needs besides where no page stands around it.
const ALONE: &str =
    "svg{font-family:system-ui,sans-serif;background:var(--page)}svg.wide{display:block}";

/// A picture as a file.
#[must_use]
pub fn svg_file(picture: Markup) -> String {
    let drawn = picture.into_string();
    let style = format!("<style>{}{ALONE}</style>", style_sheet());
    let Some((head, rest)) = drawn.split_once('>') else {
        return drawn;
    };
    let head = head.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
    format!("{head}>{style}{rest}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_alone_is_a_file_with_its_look() {
        let picture = maud::html! { svg.lines viewBox="0 0 2 2" { title { "a & b" } } };
        let file = svg_file(picture);
        assert!(
            file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lines\" viewBox=\"0 0 2 2\"><style>:root{"),
            "{file}"
        );
        assert!(
            file.ends_with("</style><title>a &amp; b</title></svg>\n"),
            "{file}"
        );
        // In XML a style sheet is text as any other.
        assert!(!style_sheet().contains(['<', '&']));
    }
}
