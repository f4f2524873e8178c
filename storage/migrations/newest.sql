CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )
CREATE TABLE button ( token VARCHAR NOT NULL, command VARCHAR NOT NULL, community_id INTEGER, args JSON NOT NULL, holder VARCHAR, created_at DATETIME NOT NULL, PRIMARY KEY (token) )
CREATE INDEX ix_button_created_at ON button (created_at)
CREATE TABLE prompt ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, holder VARCHAR NOT NULL, chat VARCHAR NOT NULL, command VARCHAR NOT NULL, args JSON NOT NULL, asks VARCHAR NOT NULL, community_id INTEGER, created_at DATETIME NOT NULL )
CREATE INDEX ix_prompt_created_at ON prompt (created_at)
CREATE INDEX ix_prompt_holder ON prompt (holder)
CREATE TABLE private_chat ( id INTEGER NOT NULL, platform VARCHAR NOT NULL, holder VARCHAR NOT NULL, sealed BLOB NOT NULL, heard_at DATETIME NOT NULL, PRIMARY KEY (id), UNIQUE (holder) )
CREATE INDEX ix_private_chat_heard_at ON private_chat (heard_at)
CREATE TABLE community ( id INTEGER NOT NULL, "key" VARCHAR NOT NULL, name VARCHAR NOT NULL, language VARCHAR NOT NULL, timezone VARCHAR NOT NULL, closed BOOLEAN NOT NULL, last_number INTEGER NOT NULL, knowledge_version INTEGER NOT NULL, place_codes INTEGER NOT NULL, staff_codes INTEGER NOT NULL, created_at DATETIME NOT NULL, preset VARCHAR, counted_since DATE, PRIMARY KEY (id), UNIQUE ("key") )
CREATE TABLE inbox ( id INTEGER NOT NULL, platform VARCHAR NOT NULL, event_id VARCHAR NOT NULL, payload VARCHAR, received_at DATETIME NOT NULL, handled_at DATETIME, PRIMARY KEY (id), UNIQUE (platform, event_id) )
CREATE INDEX ix_inbox_unfinished ON inbox (platform, id) WHERE handled_at IS NULL
CREATE INDEX ix_inbox_handled ON inbox (handled_at)
CREATE TABLE installation ( id INTEGER NOT NULL, key_mark VARCHAR NOT NULL, former BLOB, seen_at DATETIME, low_since DATETIME, PRIMARY KEY (id) )
CREATE TABLE member ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, language VARCHAR, community_id INTEGER, first_seen DATE NOT NULL , former VARCHAR DEFAULT '' NOT NULL, codes INTEGER DEFAULT '0' NOT NULL, news VARCHAR DEFAULT '' NOT NULL)
CREATE TABLE answer ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, external_id VARCHAR NOT NULL, language VARCHAR NOT NULL, text VARCHAR NOT NULL, origin VARCHAR DEFAULT '' NOT NULL, address VARCHAR, valid_until DATE, tags VARCHAR DEFAULT '' NOT NULL, written_on DATE, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, external_id) )
CREATE TABLE digest ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, name VARCHAR NOT NULL, period VARCHAR NOT NULL, late BOOLEAN NOT NULL, payload JSON NOT NULL, posted_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, name, period) )
CREATE TABLE feedback ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, number INTEGER NOT NULL, kind VARCHAR(24) NOT NULL, area VARCHAR, status VARCHAR(24) NOT NULL, language VARCHAR NOT NULL, text VARCHAR NOT NULL, author_id INTEGER, author_hash VARCHAR, base_support INTEGER NOT NULL, support INTEGER NOT NULL, seen BOOLEAN NOT NULL, source VARCHAR, created_at DATETIME NOT NULL, changed_at DATETIME NOT NULL, closed_at DATETIME, audience VARCHAR(24) DEFAULT 'everyone' NOT NULL, nameless BOOLEAN DEFAULT 0 NOT NULL, publication VARCHAR(24) DEFAULT 'shown' NOT NULL, edited_at DATETIME, link VARCHAR, joined_to INTEGER, carded BOOLEAN DEFAULT 0 NOT NULL, area_guessed BOOLEAN DEFAULT 0 NOT NULL, urgency INTEGER DEFAULT '0' NOT NULL, owner_id INTEGER REFERENCES member (id), team VARCHAR, due_on DATE, muted BOOLEAN DEFAULT 0 NOT NULL, quotable BOOLEAN DEFAULT 0 NOT NULL, said VARCHAR(24), PRIMARY KEY (id), FOREIGN KEY(author_id) REFERENCES member (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, number), UNIQUE (source) )
CREATE TABLE identity ( id INTEGER NOT NULL, member_id INTEGER NOT NULL, platform VARCHAR NOT NULL, external_id VARCHAR NOT NULL, name VARCHAR NOT NULL, locale VARCHAR, PRIMARY KEY (id), FOREIGN KEY(member_id) REFERENCES member (id), UNIQUE (platform, external_id) )
CREATE INDEX ix_identity_member_id ON identity (member_id)
CREATE TABLE membership ( member_id INTEGER NOT NULL, community_id INTEGER NOT NULL, invited BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (member_id, community_id), FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(member_id) REFERENCES member (id) )
CREATE TABLE place ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, platform VARCHAR NOT NULL, external_id VARCHAR NOT NULL, staff BOOLEAN NOT NULL, left_at DATETIME, ideas_since DATETIME, trouble VARCHAR DEFAULT '' NOT NULL, team BOOLEAN DEFAULT 0 NOT NULL, server VARCHAR DEFAULT '' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (platform, external_id) )
CREATE INDEX ix_place_community_id ON place (community_id)
CREATE TABLE attachment ( id INTEGER NOT NULL, feedback_id INTEGER NOT NULL, name VARCHAR NOT NULL, media_type VARCHAR NOT NULL, content BLOB NOT NULL, community_id INTEGER DEFAULT '0' NOT NULL, size INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) )
CREATE INDEX ix_attachment_feedback_id ON attachment (feedback_id)
CREATE TABLE follow ( id INTEGER NOT NULL, feedback_id INTEGER NOT NULL, member_id INTEGER NOT NULL, at DATETIME NOT NULL, muted BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(member_id) REFERENCES member (id), UNIQUE (feedback_id, member_id) )
CREATE INDEX ix_follow_feedback_id ON follow (feedback_id)
CREATE INDEX ix_follow_member_id ON follow (member_id)
CREATE TABLE history ( id INTEGER NOT NULL, feedback_id INTEGER NOT NULL, at DATETIME NOT NULL, action VARCHAR(24) NOT NULL, actor_id INTEGER, "before" VARCHAR, "after" VARCHAR, note VARCHAR NOT NULL, PRIMARY KEY (id), FOREIGN KEY(actor_id) REFERENCES member (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) )
CREATE INDEX ix_history_actor_id ON history (actor_id)
CREATE INDEX ix_history_feedback_id ON history (feedback_id)
CREATE INDEX ix_history_recent ON history (action, at)
CREATE TABLE outbox ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, dedupe_key VARCHAR NOT NULL, place_id INTEGER, recipient_id INTEGER, feedback_id INTEGER, sealed BLOB, holder VARCHAR, payload JSON, state VARCHAR(24) NOT NULL, attempts INTEGER NOT NULL, error VARCHAR NOT NULL, created_at DATETIME NOT NULL, next_at DATETIME NOT NULL, sent_at DATETIME, process INTEGER, FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(place_id) REFERENCES place (id), FOREIGN KEY(recipient_id) REFERENCES member (id), UNIQUE (dedupe_key) )
CREATE INDEX ix_outbox_created_at ON outbox (created_at)
CREATE INDEX ix_outbox_due ON outbox (state, next_at)
CREATE INDEX ix_outbox_feedback_id ON outbox (feedback_id)
CREATE INDEX ix_outbox_holder ON outbox (holder)
CREATE INDEX ix_outbox_recipient_id ON outbox (recipient_id)
CREATE TABLE phrasing ( id INTEGER NOT NULL, answer_id INTEGER NOT NULL, text VARCHAR NOT NULL, asker_id INTEGER, PRIMARY KEY (id), FOREIGN KEY(answer_id) REFERENCES answer (id), FOREIGN KEY(asker_id) REFERENCES member (id) )
CREATE INDEX ix_phrasing_answer_id ON phrasing (answer_id)
CREATE INDEX ix_phrasing_asker_id ON phrasing (asker_id)
CREATE TABLE question ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, asker_id INTEGER, text VARCHAR NOT NULL, plain VARCHAR NOT NULL, language VARCHAR NOT NULL, decision VARCHAR(24) NOT NULL, answer_id INTEGER, score FLOAT NOT NULL, useful BOOLEAN, source VARCHAR, asked_at DATETIME NOT NULL, sealed BLOB, holder VARCHAR, shared BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (id), FOREIGN KEY(answer_id) REFERENCES answer (id) ON DELETE SET NULL, FOREIGN KEY(asker_id) REFERENCES member (id), FOREIGN KEY(community_id) REFERENCES community (id) )
CREATE INDEX ix_question_asker_id ON question (asker_id)
CREATE INDEX ix_question_recent ON question (community_id, asked_at)
CREATE INDEX ix_question_source ON question (source)
CREATE TABLE mention ( id INTEGER NOT NULL, digest_id INTEGER NOT NULL, feedback_id INTEGER, question_id INTEGER, PRIMARY KEY (id), FOREIGN KEY(digest_id) REFERENCES digest (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(question_id) REFERENCES question (id) )
CREATE INDEX ix_mention_feedback_id ON mention (feedback_id)
CREATE INDEX ix_mention_question_id ON mention (question_id)
CREATE TABLE sealed_address ( feedback_id INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (feedback_id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) )
CREATE TABLE support ( id INTEGER NOT NULL, feedback_id INTEGER NOT NULL, member_id INTEGER, at DATETIME NOT NULL, muted BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(member_id) REFERENCES member (id), UNIQUE (feedback_id, member_id) )
CREATE INDEX ix_support_feedback_id ON support (feedback_id)
CREATE INDEX ix_support_member_id ON support (member_id)
CREATE INDEX ix_button_held ON button (token, holder) WHERE holder IS NOT NULL
CREATE INDEX ix_feedback_author ON feedback (author_id, community_id, created_at, closed_at) WHERE author_id IS NOT NULL
CREATE INDEX ix_feedback_mark ON feedback (author_hash, community_id, created_at, closed_at) WHERE author_hash IS NOT NULL
CREATE INDEX ix_question_same ON question (community_id, plain) WHERE (decision <> 'answer' OR useful IS FALSE) AND useful IS NOT TRUE AND plain <> ''
CREATE INDEX ix_question_open ON question (community_id, asked_at) WHERE (decision <> 'answer' OR useful IS FALSE) AND useful IS NOT TRUE AND plain <> ''
CREATE INDEX ix_question_answer ON question (answer_id) WHERE answer_id IS NOT NULL
CREATE INDEX ix_outbox_sent ON outbox (sent_at) WHERE state = 'sent'
CREATE INDEX ix_private_chat_recent ON private_chat (platform, heard_at)
CREATE INDEX ix_digest_posted_at ON digest (posted_at)
CREATE INDEX ix_feedback_waiting_since ON feedback (community_id, created_at) WHERE status = 'received' AND audience <> 'trusted' AND publication <> 'removed' AND text <> '' AND kind <> 'praise'
CREATE INDEX ix_place_left_at ON place (left_at)
CREATE TABLE block ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, number INTEGER NOT NULL, mark VARCHAR NOT NULL, until DATETIME NOT NULL, reason VARCHAR NOT NULL, appealed BOOLEAN NOT NULL, created_on DATE NOT NULL, PRIMARY KEY (id), UNIQUE (community_id, number, mark), FOREIGN KEY(community_id) REFERENCES community (id) )
CREATE INDEX ix_block_mark ON block (community_id, mark)
CREATE INDEX ix_block_until ON block (until)
CREATE INDEX ix_question_holder ON question (holder) WHERE holder IS NOT NULL
CREATE TABLE departure ( id INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (id) )
CREATE INDEX ix_feedback_top ON feedback (community_id, support, created_at, id) WHERE closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> ''
CREATE TABLE trace ( id INTEGER NOT NULL, prompt_id INTEGER, outbox_id INTEGER, shown_feedback_id INTEGER, shown_question_id INTEGER, mark VARCHAR, PRIMARY KEY (id), FOREIGN KEY(prompt_id) REFERENCES prompt (id) ON DELETE CASCADE, FOREIGN KEY(outbox_id) REFERENCES outbox (id) ON DELETE CASCADE, FOREIGN KEY(shown_feedback_id) REFERENCES feedback (id), FOREIGN KEY(shown_question_id) REFERENCES question (id) )
CREATE INDEX ix_trace_prompt_id ON trace (prompt_id)
CREATE INDEX ix_trace_outbox_id ON trace (outbox_id)
CREATE INDEX ix_trace_shown_feedback_id ON trace (shown_feedback_id)
CREATE INDEX ix_trace_shown_question_id ON trace (shown_question_id)
CREATE INDEX ix_trace_mark ON trace (mark)
CREATE INDEX ix_question_old ON question (asked_at) WHERE asker_id IS NOT NULL OR text <> '' OR plain <> '' OR sealed IS NOT NULL OR holder IS NOT NULL OR source IS NOT NULL
CREATE INDEX ix_attachment_item ON attachment (feedback_id, size)
CREATE INDEX ix_attachment_room ON attachment (community_id, size)
CREATE TABLE rate ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, holder VARCHAR NOT NULL, name VARCHAR NOT NULL, sealed BLOB NOT NULL, until DATETIME NOT NULL, UNIQUE (holder, name) )
CREATE INDEX ix_rate_until ON rate (until)
CREATE TABLE answer_vectors ( answer_id INTEGER NOT NULL, encoder VARCHAR NOT NULL, digest VARCHAR NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (answer_id), FOREIGN KEY(answer_id) REFERENCES answer (id) ON DELETE CASCADE )
CREATE TABLE refusal ( question_id INTEGER NOT NULL, answer_id INTEGER NOT NULL, firm BOOLEAN NOT NULL, newest INTEGER NOT NULL, PRIMARY KEY (question_id, answer_id), FOREIGN KEY(answer_id) REFERENCES answer (id) ON DELETE CASCADE, FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE )
CREATE INDEX ix_refusal_answer ON refusal (answer_id)
CREATE TABLE knowledge_source ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, place VARCHAR NOT NULL, version VARCHAR NOT NULL, read_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, place) )
CREATE TABLE knowledge_change ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, at DATETIME NOT NULL, "before" VARCHAR NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id) )
CREATE INDEX ix_knowledge_change_community_id ON knowledge_change (community_id)
CREATE INDEX ix_feedback_cardless ON feedback (community_id, changed_at) WHERE closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> '' AND carded IS FALSE
CREATE INDEX ix_feedback_done ON feedback (community_id, closed_at) WHERE closed_at IS NOT NULL AND status IN ('done', 'resolved') AND audience = 'everyone' AND publication = 'shown' AND text <> ''
CREATE INDEX ix_feedback_joined ON feedback (joined_to) WHERE joined_to IS NOT NULL
CREATE TABLE card ( id INTEGER NOT NULL, feedback_id INTEGER NOT NULL, place_id INTEGER NOT NULL, message VARCHAR NOT NULL, shown VARCHAR NOT NULL, revision INTEGER NOT NULL, shown_revision INTEGER NOT NULL, next_at DATETIME NOT NULL, attempt VARCHAR NOT NULL, failures INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(place_id) REFERENCES place (id), UNIQUE (feedback_id, place_id) )
CREATE INDEX ix_card_place_id ON card (place_id)
CREATE INDEX ix_card_due ON card (next_at) WHERE revision <> shown_revision
CREATE TABLE voice ( id INTEGER NOT NULL, feedback_id INTEGER NOT NULL, member_id INTEGER NOT NULL, text VARCHAR NOT NULL, language VARCHAR NOT NULL, at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(member_id) REFERENCES member (id), UNIQUE (feedback_id, member_id) )
CREATE INDEX ix_voice_feedback_id ON voice (feedback_id)
CREATE INDEX ix_voice_member_id ON voice (member_id)
CREATE TABLE item_vector ( feedback_id INTEGER NOT NULL, encoder VARCHAR NOT NULL, digest VARCHAR NOT NULL, "row" BLOB NOT NULL, PRIMARY KEY (feedback_id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) ON DELETE CASCADE )
CREATE TRIGGER attachment_insert_cards AFTER INSERT ON attachment BEGIN UPDATE card SET revision = revision + 1 WHERE feedback_id = NEW.feedback_id; END
CREATE TRIGGER attachment_delete_cards AFTER DELETE ON attachment BEGIN UPDATE card SET revision = revision + 1 WHERE feedback_id = OLD.feedback_id; END
CREATE INDEX ix_feedback_owner_id ON feedback (owner_id)
CREATE INDEX ix_feedback_waiting ON feedback (community_id, urgency DESC, support DESC, created_at, id) WHERE status = 'received' AND audience <> 'trusted' AND publication <> 'removed' AND text <> '' AND kind <> 'praise'
CREATE INDEX ix_feedback_thanks ON feedback (community_id, urgency DESC, support DESC, created_at, id) WHERE status = 'received' AND audience <> 'trusted' AND publication <> 'removed' AND text <> '' AND kind = 'praise'
CREATE INDEX ix_feedback_held ON feedback (community_id, urgency DESC, support DESC, created_at, id) WHERE publication = 'held'
CREATE INDEX ix_feedback_closed ON feedback (closed_at) WHERE closed_at IS NOT NULL AND (text <> '' OR author_id IS NOT NULL OR author_hash IS NOT NULL OR link IS NOT NULL OR source IS NOT NULL OR owner_id IS NOT NULL)
CREATE TABLE theme ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, name VARCHAR NOT NULL, muted BOOLEAN NOT NULL, merged_into INTEGER, created_at DATETIME NOT NULL, seen_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id) )
CREATE INDEX ix_theme_seen ON theme (community_id, seen_at)
CREATE INDEX ix_theme_merged ON theme (merged_into) WHERE merged_into IS NOT NULL
CREATE TABLE theme_item ( feedback_id INTEGER NOT NULL, theme_id INTEGER NOT NULL, PRIMARY KEY (feedback_id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) ON DELETE CASCADE )
CREATE INDEX ix_theme_item_theme ON theme_item (theme_id, feedback_id)
CREATE TABLE reason ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, status VARCHAR(24) NOT NULL, language VARCHAR NOT NULL, text VARCHAR NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, status, language, position) )
CREATE INDEX ix_feedback_due ON feedback (community_id, due_on) WHERE due_on IS NOT NULL AND closed_at IS NULL
CREATE TABLE route ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, area VARCHAR NOT NULL, place_id INTEGER, team VARCHAR, answer_days INTEGER, at_once BOOLEAN, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE SET NULL, UNIQUE (community_id, area) )
CREATE INDEX ix_route_place_id ON route (place_id)
CREATE TABLE incident ( feedback_id INTEGER NOT NULL, community_id INTEGER NOT NULL, text VARCHAR NOT NULL, language VARCHAR NOT NULL, opened_at DATETIME NOT NULL, closed_at DATETIME, opened_by INTEGER, PRIMARY KEY (feedback_id), FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(opened_by) REFERENCES member (id) )
CREATE INDEX ix_incident_opened_by ON incident (opened_by)
CREATE INDEX ix_incident_running ON incident (community_id) WHERE closed_at IS NULL
CREATE TABLE readiness ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, community_id INTEGER NOT NULL, member_id INTEGER NOT NULL, feedback_id INTEGER, area VARCHAR, wish VARCHAR(24) NOT NULL, wish_words VARCHAR NOT NULL, named BOOLEAN NOT NULL, until DATETIME NOT NULL, questions BOOLEAN DEFAULT 0 NOT NULL, FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(member_id) REFERENCES member (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) )
CREATE INDEX ix_readiness_topic ON readiness (community_id, until)
CREATE INDEX ix_readiness_member_id ON readiness (member_id)
CREATE INDEX ix_readiness_feedback_id ON readiness (feedback_id)
CREATE INDEX ix_readiness_until ON readiness (until)
CREATE TABLE inquiry ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, actor_id INTEGER, area VARCHAR, number INTEGER, text VARCHAR NOT NULL, outcome VARCHAR NOT NULL, helped INTEGER NOT NULL, asked_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(actor_id) REFERENCES member (id) )
CREATE INDEX ix_inquiry_community_id ON inquiry (community_id)
CREATE INDEX ix_inquiry_actor_id ON inquiry (actor_id)
CREATE INDEX ix_inquiry_asked_at ON inquiry (asked_at)
CREATE TABLE invitation ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, inquiry_id INTEGER NOT NULL, member_id INTEGER NOT NULL, named BOOLEAN NOT NULL, wish VARCHAR(24) NOT NULL, answers INTEGER NOT NULL, helped BOOLEAN NOT NULL, asked_at DATETIME NOT NULL, FOREIGN KEY(inquiry_id) REFERENCES inquiry (id), FOREIGN KEY(member_id) REFERENCES member (id), UNIQUE (inquiry_id, member_id) )
CREATE INDEX ix_invitation_member_id ON invitation (member_id)
CREATE INDEX ix_invitation_asked_at ON invitation (asked_at)
CREATE TABLE word ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, language VARCHAR NOT NULL, usual VARCHAR NOT NULL, text VARCHAR NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, language, usual) )
CREATE TABLE detail ( feedback_id INTEGER NOT NULL, answers JSON NOT NULL, PRIMARY KEY (feedback_id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) )
CREATE TABLE alert ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, alarm VARCHAR(24) NOT NULL, kind VARCHAR(24), area VARCHAR, severe BOOLEAN NOT NULL, began_at DATETIME NOT NULL, opened_at DATETIME NOT NULL, counted_at DATETIME NOT NULL, items INTEGER NOT NULL, people INTEGER NOT NULL, usual_low INTEGER, usual_high INTEGER, over_at DATETIME, dismissed_at DATETIME, closed_at DATETIME, owner_id INTEGER, questions INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(owner_id) REFERENCES member (id) )
CREATE INDEX ix_alert_owner_id ON alert (owner_id)
CREATE INDEX ix_alert_current ON alert (community_id) WHERE closed_at IS NULL
CREATE INDEX ix_alert_dismissed ON alert (community_id, dismissed_at) WHERE dismissed_at IS NOT NULL
CREATE TABLE alert_item ( feedback_id INTEGER NOT NULL, alert_id INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (feedback_id), FOREIGN KEY(feedback_id) REFERENCES feedback (id) ON DELETE CASCADE )
CREATE INDEX ix_alert_item_alert_id ON alert_item (alert_id)
CREATE TABLE alert_post ( id INTEGER NOT NULL, alert_id INTEGER NOT NULL, place_id INTEGER NOT NULL, message VARCHAR NOT NULL, shown VARCHAR NOT NULL, quoted INTEGER NOT NULL, next_at DATETIME NOT NULL, failures INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(alert_id) REFERENCES alert (id), FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE CASCADE, UNIQUE (alert_id, place_id) )
CREATE INDEX ix_alert_post_place_id ON alert_post (place_id)
CREATE INDEX ix_feedback_recent ON feedback (community_id, created_at, kind, area, status, audience, publication, author_id, author_hash, joined_to, base_support)
CREATE TABLE told_month ( community_id INTEGER NOT NULL, month DATE NOT NULL, people INTEGER NOT NULL, PRIMARY KEY (community_id, month), FOREIGN KEY(community_id) REFERENCES community (id) )
CREATE TABLE answer_time ( question_id INTEGER NOT NULL, community_id INTEGER NOT NULL, at DATETIME NOT NULL, seconds INTEGER NOT NULL, PRIMARY KEY (question_id), FOREIGN KEY(community_id) REFERENCES community (id) )
CREATE INDEX ix_answer_time_at ON answer_time (community_id, at)
CREATE TABLE proposal ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, community_id INTEGER NOT NULL, member_id INTEGER, mark VARCHAR NOT NULL, question VARCHAR NOT NULL, text VARCHAR NOT NULL, language VARCHAR NOT NULL, origin VARCHAR DEFAULT '' NOT NULL, weight INTEGER DEFAULT '0' NOT NULL, question_id INTEGER, proposed_at DATETIME NOT NULL, FOREIGN KEY(community_id) REFERENCES community (id), FOREIGN KEY(member_id) REFERENCES member (id), FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE SET NULL )
CREATE INDEX ix_proposal_listed ON proposal (community_id, proposed_at)
CREATE INDEX ix_proposal_member_id ON proposal (member_id)
CREATE INDEX ix_proposal_proposed_at ON proposal (proposed_at)
CREATE INDEX ix_proposal_question_id ON proposal (question_id)
CREATE TABLE proposal_mark ( id INTEGER NOT NULL, community_id INTEGER NOT NULL, mark VARCHAR NOT NULL, PRIMARY KEY (id), FOREIGN KEY(community_id) REFERENCES community (id), UNIQUE (community_id, mark) )
CREATE INDEX ix_feedback_status ON feedback (community_id, status, urgency DESC, support DESC, created_at, id) WHERE status <> 'received' AND status <> 'withdrawn' AND audience <> 'trusted' AND publication <> 'removed' AND text <> ''
CREATE INDEX ix_feedback_team ON feedback (community_id, team, status, urgency DESC, support DESC, created_at, id) WHERE team IS NOT NULL
CREATE TABLE alert_question ( question_id INTEGER NOT NULL, alert_id INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (question_id), FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE, FOREIGN KEY(alert_id) REFERENCES alert (id) )
CREATE INDEX ix_alert_question_alert_id ON alert_question (alert_id)
CREATE TABLE referral ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, question_id INTEGER NOT NULL, member_id INTEGER NOT NULL, answer_id INTEGER, helped BOOLEAN NOT NULL, sent_at DATETIME NOT NULL, FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE, FOREIGN KEY(member_id) REFERENCES member (id), FOREIGN KEY(answer_id) REFERENCES answer (id) ON DELETE SET NULL, UNIQUE (question_id, member_id) )
CREATE INDEX ix_referral_member_id ON referral (member_id)
CREATE INDEX ix_referral_answer_id ON referral (answer_id)
CREATE INDEX ix_referral_sent_at ON referral (sent_at)
CREATE TABLE digest_owner ( id INTEGER NOT NULL, digest_id INTEGER NOT NULL, member_id INTEGER NOT NULL, name VARCHAR NOT NULL, posted_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(digest_id) REFERENCES digest (id), FOREIGN KEY(member_id) REFERENCES member (id) )
CREATE INDEX ix_digest_owner_digest_id ON digest_owner (digest_id)
CREATE INDEX ix_digest_owner_member_id ON digest_owner (member_id)
CREATE INDEX ix_digest_owner_posted_at ON digest_owner (posted_at)
CREATE TABLE screen ( id INTEGER NOT NULL, "key" VARCHAR NOT NULL, feedback_id INTEGER NOT NULL, place_id INTEGER, member_id INTEGER, platform VARCHAR NOT NULL, message VARCHAR NOT NULL, shown VARCHAR NOT NULL, revision INTEGER NOT NULL, shown_revision INTEGER NOT NULL, created_at DATETIME NOT NULL, next_at DATETIME NOT NULL, holder VARCHAR, sealed BLOB, PRIMARY KEY (id), FOREIGN KEY(feedback_id) REFERENCES feedback (id), FOREIGN KEY(place_id) REFERENCES place (id), FOREIGN KEY(member_id) REFERENCES member (id), UNIQUE ("key", feedback_id) )
CREATE INDEX ix_screen_created_at ON screen (created_at)
CREATE INDEX ix_screen_feedback_id ON screen (feedback_id)
CREATE INDEX ix_screen_message ON screen (message)
CREATE INDEX ix_screen_member_id ON screen (member_id)
CREATE INDEX ix_screen_due ON screen (next_at) WHERE revision <> shown_revision
CREATE TRIGGER feedback_update_screens AFTER UPDATE ON feedback BEGIN UPDATE screen SET revision = revision + 1 WHERE feedback_id = NEW.id; END
CREATE INDEX ix_feedback_of_team ON feedback (community_id, created_at) WHERE closed_at IS NULL AND kind <> 'praise' AND audience = 'team' AND publication <> 'removed' AND text <> ''
CREATE INDEX ix_screen_holder ON screen (holder)
CREATE TRIGGER feedback_update_cards AFTER UPDATE ON feedback BEGIN UPDATE card SET revision = revision + 1 WHERE feedback_id IN (NEW.id, NEW.joined_to, OLD.joined_to); END
CREATE TRIGGER voice_insert_cards AFTER INSERT ON voice BEGIN UPDATE card SET revision = revision + 1 WHERE feedback_id IN (NEW.feedback_id, (SELECT joined_to FROM feedback WHERE id = NEW.feedback_id)); END
CREATE TRIGGER voice_delete_cards AFTER DELETE ON voice BEGIN UPDATE card SET revision = revision + 1 WHERE feedback_id IN (OLD.feedback_id, (SELECT joined_to FROM feedback WHERE id = OLD.feedback_id)); END
INSERT INTO alembic_version VALUES ('0032')
