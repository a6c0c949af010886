//! Trains and judges the model that reads a text as occupations, from the files of an O*NET release.

mod data;
mod evaluate;
mod occupations;
mod places;
mod train;
mod wordings;

use std::path::Path;

pub use self::occupations::write as write_occupations;
pub use self::places::write as write_places;

use crate::Outcome;
use crate::machine::root;

/// Trains the model and writes it into the pricing crate; the same input gives the same bytes.
pub fn train(onet: &Path) -> Outcome {
    let data = data::Data::read(onet)?;
    println!(
        "{} texts to learn from, {} held out",
        data.texts.len(),
        data.held_out()
    );
    let bytes = train::model(&data::Data::trial(onet)?, &data)?;
    let file = root().join("crates/offdesk-pricing/model.bin");
    std::fs::write(&file, &bytes)?;
    println!("{}: {} bytes", file.display(), bytes.len());
    Ok(())
}

/// Judges the model in the pricing crate by the held-out texts, and prints a table.
pub fn evaluate(onet: &Path) -> Outcome {
    let data = data::Data::read(onet)?;
    let bytes = std::fs::read(root().join("crates/offdesk-pricing/model.bin"))?;
    let model = offdesk_pricing::model::Model::from_bytes(&bytes)?;
    let table = evaluate::table(&data, &model)?;
    print!("{table}");
    Ok(())
}
