//! A model that was cut or changed is an error, never a panic or another answer.

use offdesk_domain::Soc;
use offdesk_pricing::model::{FeatureParts, Mix, Model, ModelError, Parts, Scratch, Silence};

fn small() -> Vec<u8> {
    let soc = |text: &str| text.parse::<Soc>().unwrap();
    let mut features = Vec::new();
    let mut found = Vec::new();
    offdesk_pricing::model::features("bookkeeping", &mut Default::default(), &mut found);
    for feature in &found {
        features.push(FeatureParts {
            hash: feature.hash,
            idf: 3.0,
            vector: vec![1.0, -0.5],
            postings: vec![(0, 40), (2, 30), (3, 7)],
        });
    }
    Parts {
        classes: vec![
            (soc("43-3031"), 0.0, vec![2.0, 0.5]),
            (soc("43-6014"), 0.5, vec![-1.0, 0.5]),
        ],
        origin: vec![0.0, 0.1],
        features,
        mix: Mix::default(),
    }
    .to_bytes()
}

#[test]
fn a_written_model_reads() {
    let model = Model::from_bytes(&small()).unwrap();
    let reading = model.read("Bookkeeping", &mut Scratch::default());
    assert_eq!(reading.likely[0].soc.to_string(), "43-3031");
    assert!(reading.likely[0].probability > 0.9);
    let nothing = model.read("", &mut Scratch::default());
    assert_eq!(nothing.silence, Some(Silence::Empty));
    let unknown = model.read("zzz", &mut Scratch::default());
    assert_eq!(unknown.silence, Some(Silence::Unknown));
}

#[test]
fn a_cut_or_changed_model_is_an_error() {
    let whole = small();
    for length in 0..whole.len() {
        assert!(
            Model::from_bytes(&whole[..length]).is_err(),
            "cut at {length}"
        );
    }
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        assert!(Model::from_bytes(&changed).is_err(), "changed at {at}");
    }
    let mut longer = whole;
    longer.push(0);
    assert_eq!(Model::from_bytes(&longer).err(), Some(ModelError::Length));
}

#[test]
fn the_model_in_the_program_is_whole() {
    Model::embedded().unwrap();
    Model::from_bytes(offdesk_pricing::model::EMBEDDED).unwrap();
}
