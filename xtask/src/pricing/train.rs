//! Learns the model: vectors of features whose sum says which occupations a text is of, by softmax regression.

mod counts;
mod mixing;
mod network;
mod random;
mod table;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use offdesk_domain::Soc;
use offdesk_pricing::model::{FeatureParts, Mix, Model, Parts};

use self::network::Network;
use self::random::Random;
use self::vocabulary::{Example, Vocabulary};
use super::data::{Data, Text};
use crate::Outcome;

const EPOCHS: usize = 6;
/// Texts of one step.
const TOGETHER: usize = 256;
/// The rate falls in a line to almost nothing.
const RATE: f32 = 3e-3;
const LAST_RATE: f32 = 1e-5;

/// The model as bytes of its file: learned twice, at first as a trial without some texts, by which the opinions are mixed.
pub fn model(trial: &Data, data: &Data) -> Outcome<Vec<u8>> {
    let socs: BTreeSet<Soc> = data
        .texts
        .iter()
        .flat_map(|text| text.socs.clone())
        .collect();
    let numbers: BTreeMap<Soc, u16> = socs.into_iter().zip(0..).collect();
    let first = Model::from_bytes(&learned(&trial.texts, &numbers).to_bytes())?;
    let aside: Vec<&Text> = trial.tasks.iter().chain(&trial.titles).collect();
    let mix = mixing::fit(&first, &aside, &numbers);
    Ok(Parts {
        mix,
        ..learned(&data.texts, &numbers)
    }
    .to_bytes())
}

/// What is learned of some texts; the mix is not.
fn learned(texts: &[Text], numbers: &BTreeMap<Soc, u16>) -> Parts {
    let vocabulary = Vocabulary::of(texts);
    let examples: Vec<Example> = texts
        .iter()
        .map(|text| vocabulary.example(text, numbers))
        .collect();
    println!(
        "{} features, {} occupations",
        vocabulary.idf.len(),
        numbers.len()
    );
    let mut network = Network::new(vocabulary.idf.len(), numbers.len());
    let mut random = Random::new(2026);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let steps = EPOCHS * examples.len().div_ceil(TOGETHER);
    let mut step = 0;
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for together in order.chunks(TOGETHER) {
            let rate = RATE * (1.0 - step as f32 / steps as f32) + LAST_RATE;
            let batch: Vec<&Example> = together.iter().map(|at| &examples[*at]).collect();
            loss += network.learn(&batch, rate, step);
            step += 1;
        }
        println!(
            "epoch {epoch}: loss {:.4}",
            loss * EPOCHS as f64 / steps as f64
        );
    }
    let mut postings = counts::postings(texts, numbers);
    let classes = numbers.keys().enumerate().map(|(at, soc)| {
        let (bias, weights) = network.class(at);
        (*soc, bias, weights.to_vec())
    });
    let features = vocabulary.hashes.iter().enumerate();
    Parts {
        classes: classes.collect(),
        origin: network.origin().to_vec(),
        features: features
            .map(|(at, hash)| FeatureParts {
                hash: *hash,
                idf: vocabulary.idf[at],
                vector: network.feature(at).to_vec(),
                postings: postings.remove(hash).unwrap_or_default(),
            })
            .collect(),
        mix: Mix::default(),
    }
}
