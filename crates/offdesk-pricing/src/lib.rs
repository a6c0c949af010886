//! Kinds of work and their market prices.
use offdesk_domain::{Currency, Place, Price};
/// A kind of work.
pub struct Kind {
    /// Id.
    pub slug: &'static str,
    /// Name.
    pub name: &'static str,
    /// Rest.
    pub is_rest: bool,
}
impl Kind {
    /// SOC.
    #[must_use]
    pub fn occupation(&self) -> Option<&'static str> {
        None
    }
}
/// Match.
pub struct Match {
    /// Kind.
    pub kind: &'static Kind,
    /// 0..=100.
    pub confidence: u8,
}
/// Texts, folded.
pub struct WorkText<'a> {
    /// d
    pub description: &'a str,
    /// t
    pub task: &'a str,
    /// t
    pub tags: &'a str,
    /// p
    pub project: &'a str,
}
/// Kind of a text.
#[must_use]
pub fn kind_of(_: &WorkText<'_>) -> Option<Match> {
    None
}
/// Kind by slug.
#[must_use]
pub fn kind(_: &str) -> Option<&'static Kind> {
    None
}
/// Price.
#[must_use]
pub fn price_of(_: &Kind, _: u8, _: Place) -> Option<Price> {
    None
}
/// Places.
#[must_use]
pub fn places() -> &'static [Place] {
    &[]
}
/// Currency.
#[must_use]
pub fn currency_of(_: Place) -> Option<Currency> {
    Some(Currency::USD)
}
