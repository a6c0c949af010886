//! An authenticator in software: it makes a passkey and shows it, and lies where a test wants it to.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// What an authenticator is told to do otherwise than well.
#[derive(Clone)]
pub struct Lie {
    pub origin: &'static str,
    pub counter: Option<u32>,
    pub flags: u8,
    pub user: Option<Vec<u8>>,
    pub id: Option<Vec<u8>>,
}

pub const HONEST: Lie = Lie {
    origin: "http://localhost:7878",
    counter: None,
    // Somebody is there, and it made sure who.
    flags: 0x05,
    user: None,
    id: None,
};

pub struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    user: Vec<u8>,
    counter: u32,
}

pub fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub fn new(name: u8) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap(),
            id: vec![name; 20],
            user: Vec::new(),
            counter: 0,
        }
    }

    fn client_data(kind: &str, options: &Value, origin: &str) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": options["challenge"], "origin": origin, "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn data(name: &str, flags: u8, counter: u32) -> Vec<u8> {
        let mut data = digest(&SHA256, name.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(counter.to_be_bytes());
        data
    }

    /// Makes a passkey as the options ask for it.
    pub fn make(&mut self, asked: &Value, lie: &Lie) -> Value {
        let options = &asked["options"]["publicKey"];
        let user = options["user"]["id"].as_str().unwrap();
        self.user = URL_SAFE_NO_PAD.decode(user).unwrap();
        self.counter += 1;
        let name = options["rp"]["id"].as_str().unwrap();
        let mut data = Self::data(name, lie.flags | 0x40, lie.counter.unwrap_or(self.counter));
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // The key as COSE has it: two coordinates on the curve P-256, for ES256.
        let point = &self.key.public_key().as_ref()[1..];
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[..32]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[32..]);
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = Self::client_data("webauthn.create", options, lie.origin);
        json!({
            "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "extensions": {},
            "response": {"clientDataJSON": text(&client), "attestationObject": text(&object)},
        })
    }

    /// Shows it.
    pub fn show(&mut self, asked: &Value, lie: &Lie) -> Value {
        let options = &asked["options"]["publicKey"];
        self.counter += 1;
        let name = options["rpId"].as_str().unwrap();
        let data = Self::data(name, lie.flags, lie.counter.unwrap_or(self.counter));
        let client = Self::client_data("webauthn.get", options, lie.origin);
        let signed = [&data, digest(&SHA256, &client).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let id = lie.id.as_ref().unwrap_or(&self.id);
        let user = lie.user.as_ref().unwrap_or(&self.user);
        json!({
            "id": text(id), "rawId": text(id), "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": text(&client), "authenticatorData": text(&data),
                "signature": text(signature.as_ref()), "userHandle": text(user),
            },
        })
    }
}
