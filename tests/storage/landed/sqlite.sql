CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE button (
	token VARCHAR NOT NULL, 
	command VARCHAR NOT NULL, 
	community_id INTEGER, 
	args JSON NOT NULL, 
	holder VARCHAR, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (token)
);
CREATE TABLE prompt (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	holder VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	command VARCHAR NOT NULL, 
	args JSON NOT NULL, 
	asks VARCHAR NOT NULL, 
	community_id INTEGER, 
	created_at DATETIME NOT NULL
);
CREATE TABLE private_chat (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	holder VARCHAR NOT NULL, 
	sealed BLOB NOT NULL, 
	heard_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (holder)
);
CREATE TABLE community (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	timezone VARCHAR NOT NULL, 
	closed BOOLEAN NOT NULL, 
	last_number INTEGER NOT NULL, 
	knowledge_version INTEGER NOT NULL, 
	place_codes INTEGER NOT NULL, 
	staff_codes INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
CREATE TABLE inbox (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	event_id VARCHAR NOT NULL, 
	payload VARCHAR, 
	received_at DATETIME NOT NULL, 
	handled_at DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (platform, event_id)
);
CREATE TABLE installation (
	id INTEGER NOT NULL, 
	key_mark VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE member (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	language VARCHAR, 
	community_id INTEGER, 
	first_seen DATE NOT NULL
);
CREATE TABLE answer (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	external_id VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(community_id) REFERENCES community (id), 
	UNIQUE (community_id, external_id)
);
CREATE TABLE digest (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	late BOOLEAN NOT NULL, 
	payload JSON NOT NULL, 
	posted_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(community_id) REFERENCES community (id), 
	UNIQUE (community_id, name, period)
);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	area VARCHAR, 
	status VARCHAR(24) NOT NULL, 
	visibility VARCHAR(24) NOT NULL, 
	language VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	author_id INTEGER, 
	author_hash VARCHAR, 
	base_support INTEGER NOT NULL, 
	support INTEGER NOT NULL, 
	seen BOOLEAN NOT NULL, 
	source VARCHAR, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(author_id) REFERENCES member (id), 
	FOREIGN KEY(community_id) REFERENCES community (id), 
	UNIQUE (community_id, number), 
	UNIQUE (source)
);
CREATE TABLE identity (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	locale VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	UNIQUE (platform, external_id)
);
CREATE TABLE membership (
	member_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	PRIMARY KEY (member_id, community_id), 
	FOREIGN KEY(community_id) REFERENCES community (id), 
	FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE place (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	staff BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(community_id) REFERENCES community (id), 
	UNIQUE (platform, external_id)
);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	feedback_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id)
);
CREATE TABLE follow (
	id INTEGER NOT NULL, 
	feedback_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	UNIQUE (feedback_id, member_id)
);
CREATE TABLE history (
	id INTEGER NOT NULL, 
	feedback_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	action VARCHAR(24) NOT NULL, 
	actor_id INTEGER, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	note VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(actor_id) REFERENCES member (id), 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dedupe_key VARCHAR NOT NULL, 
	place_id INTEGER, 
	recipient_id INTEGER, 
	feedback_id INTEGER, 
	sealed BLOB, 
	holder VARCHAR, 
	payload JSON, 
	state VARCHAR(24) NOT NULL, 
	attempts INTEGER NOT NULL, 
	error VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	next_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id), 
	FOREIGN KEY(place_id) REFERENCES place (id), 
	FOREIGN KEY(recipient_id) REFERENCES member (id), 
	UNIQUE (dedupe_key)
);
CREATE TABLE phrasing (
	id INTEGER NOT NULL, 
	answer_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	asker_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(answer_id) REFERENCES answer (id), 
	FOREIGN KEY(asker_id) REFERENCES member (id)
);
CREATE TABLE question (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	asker_id INTEGER, 
	text VARCHAR NOT NULL, 
	plain VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	decision VARCHAR(24) NOT NULL, 
	answer_id INTEGER, 
	score FLOAT NOT NULL, 
	useful BOOLEAN, 
	source VARCHAR, 
	asked_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(answer_id) REFERENCES answer (id) ON DELETE SET NULL, 
	FOREIGN KEY(asker_id) REFERENCES member (id), 
	FOREIGN KEY(community_id) REFERENCES community (id)
);
CREATE TABLE mention (
	id INTEGER NOT NULL, 
	digest_id INTEGER NOT NULL, 
	feedback_id INTEGER, 
	question_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(digest_id) REFERENCES digest (id), 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id), 
	FOREIGN KEY(question_id) REFERENCES question (id)
);
CREATE TABLE sealed_address (
	feedback_id INTEGER NOT NULL, 
	sealed BLOB NOT NULL, 
	PRIMARY KEY (feedback_id), 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id)
);
CREATE TABLE support (
	id INTEGER NOT NULL, 
	feedback_id INTEGER NOT NULL, 
	member_id INTEGER, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(feedback_id) REFERENCES feedback (id), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	UNIQUE (feedback_id, member_id)
);
INSERT INTO "alembic_version" VALUES ('0001');
INSERT INTO "button" VALUES ('WpQxKgT7nAwNYo4A', 'edit', 1, '{"number": "1"}', '12212e6cd5ac35e4ac7f684ca7f495a04bffe7c3180b9a03cc5567121e7fe3b3', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('gWtzP3u0eQ8JHqEa', 'withdraw', 1, '{"number": "1"}', '599c172896d40c865c3cf2cd194267bd563d16ca01c5ee525f3fe25d0e663589', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('zEjDCZcvCKrj2yuw', 'visibility', 1, '{"number": "1", "visibility": "nameless"}', '7afeddc927add912e9171d12d28f1db9d23e927f1b37f67bc14f66f6c2d7eb62', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('ejYhO4gebKortft_', 'visibility', 1, '{"number": "1", "visibility": "team"}', 'ccd2f08240bc404d5ef29e3995f4759aed71c2fabd292b1838d8de50b7ac202a', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('x6pVw_b9U7MJfshT', 'area', 1, '{"number": "1"}', '4c6e8b4b83fceb565e9647f0d98b0c37559739df6b4291c6ee246d44ae1d95c2', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('nK8XE5BCa_0SALaF', 'edit', 1, '{"number": "1"}', 'f2740aff10af42497ce3237a82ebdcc8b7b952fb8fecd92e81c61352dc23b27d', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('9jhbpsWttrUImhso', 'withdraw', 1, '{"number": "1"}', 'dbcd1b5d6983c37641b85bff4b02f8cc169d9213e3568cd5c66ae481e20f6571', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('9JwtTwSA8JU43bdp', 'visibility', 1, '{"number": "1", "visibility": "nameless"}', '55378d298d2b94d1781dce2364cab175b9c09653342ce368eb7b206b6dd20207', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('iWUpiN5xzjYclKxl', 'visibility', 1, '{"number": "1", "visibility": "team"}', '48cbf0a5f711c9be2fe8ac5dc26a65e7e8f2ace8875cd2414261a44504e6f1b6', '2026-03-04 10:00:00.000000');
INSERT INTO "button" VALUES ('isWR7ZdcPfA39qfK', 'send', 1, '{"draft": "2"}', 'ad89ec0aef176e530cca98c2ad058dd3b7bd480a1a130e9281732140bcbabe0d', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('8Htu4ZWqmUveq9gr', 'rewrite', 1, '{"draft": "2"}', '9c81eed0e012ff7827887159d8153f6e7f35ee7dba192d6d402fc8784e4d0fea', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('QGlkUD9SOwHy7Go5', 'discard', 1, '{"draft": "2"}', 'd78e40eb5d1552d2b0c5f6339a80f4fd8fe529e9146875a82fc242ed22b8d475', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('bB1zOEDBeXnd7uLt', 'edit', 1, '{"number": "2"}', '99a519e87ba70b67185abfb58405be507bd012aef114c0826f9357926cfce40b', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('I4B0OIVgCjeJ1f5-', 'withdraw', 1, '{"number": "2"}', '858efdf86b4a17a8aee02a8da992c8bec29deabc4195b61e436c4ad2b1654be3', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('sWGerMEVrdnFv9Fa', 'visibility', 1, '{"number": "2", "visibility": "named"}', 'fe2550e71df7fafaf38ceb3cd9a9e40098424d4a09ac67aa30a362525883fbc3', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('xQRgH5PXfr8B-FZw', 'visibility', 1, '{"number": "2", "visibility": "team"}', '7436fde3f7a75b313479b583617e7dbee96a5c4b910acb04b9f6274e76ffd4ac', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('PTsDzLQ_4kHUyALH', 'area', 1, '{"number": "2"}', '92c766bcc1a93167c113b50d06182fcf3742673401c76a38533fafa4ac3d7280', '2026-03-04 10:01:00.000000');
INSERT INTO "button" VALUES ('mkmxJcwkcGzXyFV7', 'edit', 1, '{"number": "3"}', '15a2caff2c6d89d6695308401bff8a290f94c7d186e112ab0e41dcda0b5050cd', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('hX5MeIL2pSYD_JWz', 'withdraw', 1, '{"number": "3"}', '9e37d61c09530c11364fa295b94c5fee6ee53f867e19afbe7dfcaf50193910fd', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('0A14jyPBCzXQQakf', 'visibility', 1, '{"number": "3", "visibility": "nameless"}', 'e9d74aabfecb13c9e12cf9a573f066f30834ea380840dc78c6e91d83810bed2d', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('0Am3az12_ApUfTRu', 'visibility', 1, '{"number": "3", "visibility": "team"}', '346af517f55e1cb0f2b6fb2667b7f452c21e7314d56377f2e1824ed0c714ec60', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('9RF_iJVvC0K5woF3', 'area', 1, '{"number": "3"}', '5064cf11fc8a498c08a8fcf593b78ab146d9457f1278beac8eb10c575ac446e9', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('cs1U7oegz6BwEk3e', 'edit', 1, '{"number": "4"}', '30951f140842c8e47425d91f6b4e07914e7684cba9c1b69ebf5e1893c8442ce5', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('Z5A4ksrRbcFue9x-', 'withdraw', 1, '{"number": "4"}', 'c03f32db1fb2642658c8a56a4eb866f4eae6b47d6fc38a406f206eee4541ab09', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('XxFVdvGgT3yFWF5L', 'visibility', 1, '{"number": "4", "visibility": "nameless"}', '19e8d4f5e940b32aa89c263e2bd758300598eb5fbfbca9dda43bb61ab87c3c8c', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('34WkEi11XT_w5FpT', 'visibility', 1, '{"number": "4", "visibility": "team"}', '0faa325fbf06adf6014acd53421aa79f71b47d05422403ea8e2a9b9860202738', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('Wx9CncSXpMi7BcBU', 'area', 1, '{"number": "4"}', '83bb1cdf8630b5d8818560ed210fbcbcfb37835fcff7013fc186d778de6e6e3c', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('z5XYcWUCPNmkG3FN', 'useful', 1, '{"question": "2", "verdict": "yes"}', '386c377f3933527659a04bc0d2c7bd020162b61157dc00d3d8e7aceaffbc07c3', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('-MXPdq3BsiT_csNj', 'useful', 1, '{"question": "2", "verdict": "no"}', 'aab2004d1a1daf8e7b5a2db77db192bb8b561bf3f36fa2c073c225d3d4a47e73', '2026-03-04 10:02:00.000000');
INSERT INTO "button" VALUES ('dna42uMg7ycpcvOu', 'answer', 1, '{"question": "3", "draft": "3"}', '9fcbad804705af3c7d7307b62bdf5be6d54a08285b378312016c303a7453b96c', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('xJzKZtxHIS14QdFQ', 'answer', 1, '{"question": "1", "draft": "3"}', '600be691e130e8ba5ea4f110c01e64d143d2b923b3153839126629d0beba9dd3', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('aRTBOAJWKMW8podO', 'learn', 1, '{"draft": "4"}', '48976da3c38d4dedb3d3ab8a6c085bd233291ee671492b4067c2e7076514e346', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('G0uojhhaP7URwfa4', 'learn', 1, '{"draft": "4", "unchanged": "1"}', '3d9d1e0b6417bfb419405cae3cead668a7dafc06a2b3a26310f114eabba3b7e3', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('lVrDey4E31TNxqFW', 'queue', 1, '{"number": "4", "verdict": "done", "seen": "0"}', '0e182ad76bd4b4d032b11ee87d95b8b3b8ec5e5cdf22f743373f0424c50d41d3', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('YJ2R0vEcHEFYBrR-', 'queue', 1, '{"after": "4"}', '9137e16af32a95ee504ef3e5812bf364d961e5675e685409db2358798904b824', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('C22BFvWLMAyR-VoK', 'place', 1, '{"number": "4"}', '62cd01bed214df9daec3056f3003fbd8bc82553e240265fd10973f0ef3490d90', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('v8kPdf3F0iruCiQS', 'queue', NULL, '{}', NULL, '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('jGfQR6Vx9OJJcIOu', 'unanswered', NULL, '{}', NULL, '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('ndSFTNpNMCiFRgfP', 'queue', 1, '{"number": "2", "verdict": "planned", "seen": "0"}', '20555796885747edb3115c85f2535332b7950550ba987b6be68c4333997697f5', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('tGeZZNJdxv9VHM4M', 'queue', 1, '{"number": "2", "verdict": "done", "seen": "0"}', '7fb6b836896339a25e32dd3c99c6e10ab29d00fef3bb3824244bc02d972bf522', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('5fRviZS4kTdsAlly', 'queue', 1, '{"number": "2", "verdict": "not_planned", "seen": "0"}', '47fddc5c9b07ad23200a416a45d0d4d8ea66db27bdc2709a4dfb08f6ac8a24b9', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('fPRUgNbl0RFXTBqv', 'queue', 1, '{"after": "2"}', 'dfbb90145ae240dcb12f93011c5375c9f059da370b93b032796150ccc9a780f7', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('jLT7owrsgDGDbnwK', 'place', 1, '{"number": "2"}', 'bd2a790795f5b470c4c410b12295ae97fc169410ad25310d30beae7c1c961207', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('-Lqq9kPNwsxlMbNV', 'queue', 1, '{"number": "4", "verdict": "done", "seen": "0"}', '158218bc0a770acd22028b3d11a5694222d12ebd46968c4826252712b78c8693', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('5c6qGya0ToYrXH21', 'queue', 1, '{"after": "4"}', 'b350bc81b090aff1e4f45aa52877c39dadbec639b7d5a9926b206a34dcf3694b', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('gkE6ggdPbb_JkPyN', 'place', 1, '{"number": "4"}', '53eb27c3b68f3501d8bbfdcc975cfa0f9a99ec3f3e2deb182e92a59ca2ea3f4d', '2026-03-04 10:03:00.000000');
INSERT INTO "button" VALUES ('dBFle8_kUAbhhJtE', 'status', 1, '{"number": "1"}', '7c42b8e22ffe25b636df3e37e1ca10a8a05a1bae7bfd3600ed681e3fbab4d5f3', '2026-03-04 10:03:00.000000');
INSERT INTO "prompt" VALUES (6, '0dd17b1dfaecebff6dec503af5a7c0a42da05ac11e2b894050ccdf4460ec4ce4', '7b5c469ba6a460f65fd943ff9fd44adeea1231494966bd8331c8489ca94a53bb', 'edit', '{"number": "1"}', 'text', 1, '2026-03-04 10:03:00.000000');
INSERT INTO "private_chat" VALUES (1, 'bare', 'f353cdab5f2d0190e4df10ee269545f02f7e5836583aecc0becd885e0e7d300b', X'67414141414142724332756238506F753031733145332D5349434757426745594E677164475757635530745F486E534E734462657554324E3858386677723269483543536A6F5642714D5976654F306A4A4F5532365861594E367741705739356A773D3D', '2026-03-04 00:00:00.000000');
INSERT INTO "community" VALUES (1, 'plaza', 'Plaza', 'en', 'Europe/Paris', 0, 4, 2, 0, 0, '2026-03-04 10:00:00.000000');
INSERT INTO "inbox" VALUES (1, 'bare', 'event-0', NULL, '2026-03-04 10:00:00.000000', '2026-03-04 10:00:00.000000');
INSERT INTO "inbox" VALUES (2, 'bare', 'event-1', NULL, '2026-03-04 10:00:00.000000', '2026-03-04 10:00:00.000000');
INSERT INTO "inbox" VALUES (3, 'bare', 'event-2', NULL, '2026-03-04 10:01:00.000000', '2026-03-04 10:01:00.000000');
INSERT INTO "inbox" VALUES (4, 'bare', 'event-3', NULL, '2026-03-04 10:01:00.000000', '2026-03-04 10:01:00.000000');
INSERT INTO "inbox" VALUES (5, 'bare', 'event-4', NULL, '2026-03-04 10:01:00.000000', '2026-03-04 10:01:00.000000');
INSERT INTO "inbox" VALUES (6, 'bare', 'event-5', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (7, 'bare', 'event-6', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (8, 'bare', 'event-7', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (9, 'bare', 'event-8', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (10, 'bare', 'event-9', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (11, 'bare', 'event-10', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (12, 'bare', 'event-11', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (13, 'bare', 'event-12', NULL, '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000');
INSERT INTO "inbox" VALUES (14, 'bare', 'event-13', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (15, 'bare', 'event-14', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (16, 'bare', 'event-15', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (17, 'bare', 'event-16', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (18, 'bare', 'event-17', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (19, 'bare', 'event-18', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (20, 'bare', 'event-19', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (21, 'bare', 'event-20', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (22, 'bare', 'event-21', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (23, 'bare', 'event-22', NULL, '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "inbox" VALUES (24, 'bare', 'event-waiting', '{"text": "kept until it is handled"}', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "installation" VALUES (1, '291cabf2a4c7769c54d2d1b449c3d832724cef390ef2b164f4fd1223c1c5be84');
INSERT INTO "member" VALUES (1, NULL, NULL, '2026-03-04');
INSERT INTO "member" VALUES (2, 'fr', NULL, '2026-03-04');
INSERT INTO "member" VALUES (3, NULL, NULL, '2026-03-04');
INSERT INTO "answer" VALUES (1, 1, 'frozen', 'en', 'Yes, until noon.');
INSERT INTO "answer" VALUES (2, 1, 'q-27152adeb8c20901', 'en', 'Ask at the desk, with its number.');
INSERT INTO "digest" VALUES (1, 1, 'now', 'bare:event-18', 0, '{"blocks": [{"text": "Your week \u00b7 Plaza", "level": 1, "block": "title"}, {"text": "25 February - 4 March", "block": "paragraph"}, {"text": [{"text": "7 messages this week."}], "block": "paragraph"}, {"text": "2 things wait for a decision, the oldest since 4 March.", "block": "paragraph"}, {"text": "To decide", "level": 2, "block": "title"}, {"items": [[{"text": "#1"}, " ", "Open on Sundays, please", " \u00b7 ", "2 supporters, since today"], [{"text": "#2"}, " ", "problem, without a name", " \u00b7 ", "since today"]], "block": "bullets"}, {"text": "What people talk about", "level": 2, "block": "title"}, {"text": [{"text": "Quality"}, " \u00b7 1 person \u00b7 new this week"], "block": "paragraph"}, {"text": "Open on Sundays, please", "source": "#1", "block": "quote"}, {"text": [{"text": "No area yet"}, " \u00b7 3 people \u00b7 new this week"], "block": "paragraph"}, {"text": "Thanks to the whole team", "source": "#4", "block": "quote"}, {"text": "Des paniers plus l\u00e9gers", "source": "#3", "block": "quote"}, {"text": "An area can be chosen when writing, or later: /area, then the number.", "block": "paragraph"}, {"text": "Nothing new on: Innovation, Support, Understanding, Image.", "block": "paragraph"}, {"text": "7 messages, 4 people heard, 4 new voices", "level": 2, "block": "title"}, {"items": ["Problems 1", "Suggestions 2", "Questions 3", "Thanks 1"], "block": "bullets"}, {"text": "Too early to tell what is usual (0 of 8).", "block": "paragraph"}, {"text": "Everyone who wrote to the team or asked the bot counts once; words without a name count apart.", "block": "paragraph"}, {"text": "Unanswered: 1 question, 1 person", "level": 2, "block": "title"}, {"items": ["Where is my parcel of Tuesday? \u00b7 1 person"], "block": "bullets"}, {"text": "Loop", "level": 2, "block": "title"}, {"text": "1 decision, 0 people told.", "block": "paragraph"}, {"items": [[{"text": "#3"}, " ", "Des paniers plus l\u00e9gers", " \u00b7 ", "not planned"]], "block": "bullets"}, {"buttons": [{"label": "Decide", "command": "", "args": {}, "token": "v8kPdf3F0iruCiQS"}, {"label": "Questions", "command": "", "args": {}, "token": "jGfQR6Vx9OJJcIOu"}], "block": "buttons"}], "private": false, "owed": false, "hush": false, "instead": false, "again": null}', '2026-03-04 10:03:00.000000');
INSERT INTO "feedback" VALUES (1, 1, 1, 'suggestion', 'Quality', 'planned', 'named', 'en', 'Open on Sundays, please', 1, NULL, 0, 2, 0, 'd5f66e4e5785cf626a4e1aa5a2cc39babc012fa132d3a1c3f5158c101b050844', '2026-03-04 10:00:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "feedback" VALUES (2, 1, 2, 'problem', NULL, 'being_handled', 'nameless', 'fr', 'La caisse du fond est trop bruyante', NULL, '587e442a87fdc208b39ced741163088e9790d020fcbc3f8e3b769a3b32212e15', 0, 0, 0, '66431dc4e3765b348b1c42209f9c5f27a715894e3e57b57bb8d0d7e20a25ed93', '2026-03-04 10:01:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "feedback" VALUES (3, 1, 3, 'suggestion', NULL, 'not_planned', 'named', 'fr', 'Des paniers plus légers', 2, NULL, 0, 0, 0, '2730fe67e1f8676e0d0a7cef126b8f7a713af2cfbfd5bd1e0e88aa3f26e904cf', '2026-03-04 10:02:00.000000', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "feedback" VALUES (4, 1, 4, 'praise', NULL, 'received', 'named', 'en', 'Thanks to the whole team', 3, NULL, 0, 0, 0, '8ad60391dac3a0fe65e6da18a02f63cdb27fcad1323f10fc9635686875498fb2', '2026-03-04 10:02:00.000000', '2026-03-04 10:02:00.000000', NULL);
INSERT INTO "identity" VALUES (1, 1, 'bare', 'camille', 'camille', 'en');
INSERT INTO "identity" VALUES (2, 2, 'bare', 'noor', 'noor', 'fr');
INSERT INTO "identity" VALUES (3, 3, 'bare', 'alex', 'alex', 'en');
INSERT INTO "membership" VALUES (1, 1);
INSERT INTO "place" VALUES (1, 1, 'bare', 'staff', 1);
INSERT INTO "attachment" VALUES (1, 1, 'door.png', 'image/png', X'89504E47206E6F74207265616C6C79');
INSERT INTO "follow" VALUES (1, 1, 2, '2026-03-04 10:03:00.000000');
INSERT INTO "history" VALUES (1, 1, '2026-03-04 10:00:00.000000', 'filed', 1, NULL, 'received', '');
INSERT INTO "history" VALUES (2, 1, '2026-03-04 10:00:00.000000', 'area', 1, NULL, 'Quality', '');
INSERT INTO "history" VALUES (3, 2, '2026-03-04 10:01:00.000000', 'filed', NULL, NULL, 'received', '');
INSERT INTO "history" VALUES (4, 3, '2026-03-04 10:02:00.000000', 'filed', 2, NULL, 'received', '');
INSERT INTO "history" VALUES (5, 4, '2026-03-04 10:02:00.000000', 'filed', 3, NULL, 'received', '');
INSERT INTO "history" VALUES (6, 3, '2026-03-04 10:03:00.000000', 'status', 3, 'received', 'not_planned', 'Not among this year''s priorities.');
INSERT INTO "history" VALUES (7, 1, '2026-03-04 10:03:00.000000', 'status', 3, 'received', 'planned', '');
INSERT INTO "history" VALUES (8, 2, '2026-03-04 10:03:00.000000', 'status', 3, 'received', 'being_handled', '');
INSERT INTO "outbox" VALUES (1, 'answered:3:0b7903c7dde7eacd', NULL, 1, NULL, NULL, NULL, NULL, 'sent', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "outbox" VALUES (2, 'status:6:72bf8212e8e4f248', NULL, 2, 3, NULL, NULL, NULL, 'sent', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "outbox" VALUES (3, 'digest:1:now:bare:event-18', 1, NULL, NULL, NULL, NULL, NULL, 'sent', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000');
INSERT INTO "outbox" VALUES (4, 'status:7:8d12b3625e366060', NULL, 1, 1, NULL, NULL, '{"blocks": [{"text": [{"text": "#1"}, " is now ", {"text": "planned"}, "."], "block": "paragraph"}, {"text": "Open on Sundays, please", "source": "", "block": "quote"}], "private": true, "owed": false, "hush": false, "instead": false, "again": null}', 'waiting', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "outbox" VALUES (5, 'status:7:b19507651e22c79d', NULL, 2, 1, NULL, NULL, '{"blocks": [{"text": ["Nouveau statut de ", {"text": "#1"}, "\u00a0: ", {"text": "pr\u00e9vu"}, "."], "block": "paragraph"}, {"text": "Open on Sundays, please", "source": "", "block": "quote"}], "private": true, "owed": false, "hush": false, "instead": false, "again": null}', 'waiting', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "outbox" VALUES (6, 'status:7:1ea9c36b7efcce0c', NULL, 3, 1, NULL, NULL, '{"blocks": [{"text": [{"text": "#1"}, " is now ", {"text": "planned"}, "."], "block": "paragraph"}, {"text": "Open on Sundays, please", "source": "", "block": "quote"}], "private": true, "owed": false, "hush": false, "instead": false, "again": null}', 'waiting', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "outbox" VALUES (7, 'status:8:4e485908a9a9e915', NULL, NULL, 2, NULL, NULL, '{"blocks": [{"text": ["Nouveau statut de ", {"text": "#2"}, "\u00a0: ", {"text": "pris en charge"}, "."], "block": "paragraph"}, {"text": "La caisse du fond est trop bruyante", "source": "", "block": "quote"}], "private": true, "owed": false, "hush": false, "instead": false, "again": null}', 'waiting', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "outbox" VALUES (8, 'answer:1', NULL, NULL, NULL, X'674141414141427243327562387072446F557532747149707976463557773775767838792D4E38396B6855426379335F4D454F6535754B384A466F6C38776C4172715A424E4D6C455A775F48455944766A704D444C715F67647347464444584468513D3D', '71e27450ca47d7f58c590dad7d6c4b4efd37c629645fe1a11398dfd79d03402f', '{"blocks": []}', 'waiting', 0, '', '2026-03-04 10:03:00.000000', '2026-03-04 10:03:00.000000', NULL);
INSERT INTO "phrasing" VALUES (1, 1, 'Can I give frozen food?', NULL);
INSERT INTO "phrasing" VALUES (2, 2, 'When is the toy fair?', 1);
INSERT INTO "question" VALUES (1, 1, 1, 'Where is my parcel of Tuesday?', 'where is my parcel of tuesday', 'en', 'silent', NULL, 0.0, NULL, 'd6727735534505eb090e986460b38aa3edb364cf9c100f45abe6c310774a61e2', '2026-03-04 10:02:00.000000');
INSERT INTO "question" VALUES (2, 1, 2, 'Can I give frozen food?', 'can i give frozen food', 'en', 'answer', 1, 0.99998987000901918, NULL, '7d8b0411ed0c3fcfb2e6551f8dacef68fc6899a6d5e34021dad30c2f2cfdb8c2', '2026-03-04 10:02:00.000000');
INSERT INTO "question" VALUES (3, 1, 1, 'When is the toy fair?', 'when is the toy fair', 'en', 'answer', NULL, 0.067567150326662204, NULL, 'edcb1fde45a35d564dc28d5e86cd2daf2b1b4ae68ac42ee170534a90fdc3ecc1', '2026-03-04 10:02:00.000000');
INSERT INTO "mention" VALUES (1, 1, 1, NULL);
INSERT INTO "mention" VALUES (2, 1, 2, NULL);
INSERT INTO "mention" VALUES (3, 1, 3, NULL);
INSERT INTO "mention" VALUES (4, 1, 4, NULL);
INSERT INTO "mention" VALUES (5, 1, NULL, 1);
INSERT INTO "sealed_address" VALUES (2, X'67414141414142724332756175384442415A39417A515649314D55334A646A43456556723137554A495A31376D65566C4A6D4E73704272753569716D746D4B7757327647724739714366426259414F7276447A5173696F53577A54694642477057315A2D57646A3739475F4C644470765532436D3630413D');
INSERT INTO "support" VALUES (1, 1, 2, '2026-03-04 10:02:00.000000');
INSERT INTO "support" VALUES (2, 1, 3, '2026-03-04 10:02:00.000000');
INSERT INTO "sqlite_sequence" VALUES ('member', 3);
INSERT INTO "sqlite_sequence" VALUES ('prompt', 6);
INSERT INTO "sqlite_sequence" VALUES ('outbox', 8);
CREATE INDEX ix_button_created_at ON button (created_at);
CREATE INDEX ix_prompt_created_at ON prompt (created_at);
CREATE INDEX ix_prompt_holder ON prompt (holder);
CREATE INDEX ix_private_chat_heard_at ON private_chat (heard_at);
CREATE INDEX ix_inbox_unfinished ON inbox (platform, id) WHERE handled_at IS NULL;
CREATE INDEX ix_inbox_handled ON inbox (handled_at);
CREATE INDEX ix_feedback_author ON feedback (author_id, community_id, created_at);
CREATE INDEX ix_feedback_mark ON feedback (author_hash, community_id, created_at);
CREATE INDEX ix_feedback_recent ON feedback (community_id, created_at);
CREATE INDEX ix_feedback_waiting ON feedback (community_id, status, support DESC, created_at, id, kind) WHERE text <> '';
CREATE INDEX ix_feedback_top ON feedback (community_id, support, id) WHERE closed_at IS NULL;
CREATE INDEX ix_identity_member_id ON identity (member_id);
CREATE INDEX ix_place_community_id ON place (community_id);
CREATE INDEX ix_attachment_feedback_id ON attachment (feedback_id);
CREATE INDEX ix_follow_feedback_id ON follow (feedback_id);
CREATE INDEX ix_follow_member_id ON follow (member_id);
CREATE INDEX ix_history_actor_id ON history (actor_id);
CREATE INDEX ix_history_feedback_id ON history (feedback_id);
CREATE INDEX ix_history_recent ON history (action, at);
CREATE INDEX ix_outbox_created_at ON outbox (created_at);
CREATE INDEX ix_outbox_due ON outbox (state, next_at);
CREATE INDEX ix_outbox_feedback_id ON outbox (feedback_id);
CREATE INDEX ix_outbox_holder ON outbox (holder);
CREATE INDEX ix_outbox_recipient_id ON outbox (recipient_id);
CREATE INDEX ix_phrasing_answer_id ON phrasing (answer_id);
CREATE INDEX ix_phrasing_asker_id ON phrasing (asker_id);
CREATE INDEX ix_question_asker_id ON question (asker_id);
CREATE INDEX ix_question_recent ON question (community_id, asked_at);
CREATE INDEX ix_question_same ON question (community_id, plain);
CREATE INDEX ix_question_source ON question (source);
CREATE INDEX ix_mention_feedback_id ON mention (feedback_id);
CREATE INDEX ix_mention_question_id ON mention (question_id);
CREATE INDEX ix_support_feedback_id ON support (feedback_id);
CREATE INDEX ix_support_member_id ON support (member_id);
