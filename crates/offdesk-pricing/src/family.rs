//! Families of kinds: what one person would take over together.

use crate::Kind;

impl Kind {
    /// The family in words, by the occupation's group; kinds of one family are handed to one person.
    #[must_use]
    pub fn family(&self) -> &'static str {
        let Some(code) = self.occupation else {
            return "Rest";
        };
        match (code, code.get(..4).unwrap_or(code)) {
            ("13-1161" | "11-2021" | "27-3031" | "27-3043", _) => "Marketing and content",
            ("13-1071" | "13-1151", _) => "Hiring and training",
            (_, "43-6" | "43-9") => "Assistant work",
            (_, "43-3" | "13-2") => "Books and billing",
            (_, "43-4") => "Customer service and orders",
            (_, "43-5" | "53-3" | "53-7") => "Stock, shipping and errands",
            (_, "27-1" | "17-1" | "17-2" | "17-3") => "Design and drawing",
            (_, "27-2" | "27-4") => "Photo, video and sound",
            (_, "27-3") => "Writing and translation",
            (_, "15-1" | "15-2") => "Web, IT and data",
            (_, "41-2" | "41-3" | "41-9") => "Sales",
            (_, "13-1") => "Projects and purchasing",
            (_, "11-1" | "11-3" | "11-9" | "21-1" | "25-3") => "Management and advice",
            (_, "23-1" | "23-2") => "Legal work",
            _ => "Practical work",
        }
    }

    /// Whether it is the work an owner should be doing: setting the direction of the business.
    #[must_use]
    pub fn is_the_owners(&self) -> bool {
        self.slug == "strategy-planning"
    }
}
