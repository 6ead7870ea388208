-- 100,000 practitioners who may be shown, each with a session, a licence, a diary and hours.

INSERT INTO accounts_user (id, password, is_superuser, public_id, email, is_active, joined_at)
SELECT n, '!', false, gen_random_uuid(), 'p' || n || '@bench.example', true, now()
FROM generate_series(1, :n) n;

INSERT INTO accounts_practice (id, public_id, name, made_at)
SELECT n, gen_random_uuid(), 'P' || n, now()
FROM generate_series(1, :n) n;

INSERT INTO directory_practitioner (id, public_id, user_id, practice_id, name, kind, jurisdiction, zone, about, phone, focus, meeting_link, joined_at, went_live_at)
SELECT n, gen_random_uuid(), n, n, 'P' || n, 'massage_therapist', 'US-NY', 'America/New_York', '', '', '{}', 'https://meet.example', now(), now()
FROM generate_series(1, :n) n;

INSERT INTO directory_service (public_id, practitioner_id, offer, mode, minutes, price_minor, currency)
SELECT gen_random_uuid(), n, 'single', 'in_person', 60, 7000 + n % 50 * 100, 'USD'
FROM generate_series(1, :n) n;

INSERT INTO directory_credential (public_id, practitioner_id, kind, issuer, number, expires_on, given_at, state, decided_at, decided_by_id, evidence, reason)
SELECT gen_random_uuid(), n, 'licence', 'US-NY', n::text, '2099-12-31', now(), 'verified', now(), n, 'bench', ''
FROM generate_series(1, :n) n;

INSERT INTO booking_diary (id, practitioner_id, grid_minutes, minimum_notice_minutes, horizon_days, buffer_before_minutes, buffer_after_minutes, cancel_free_hours, late_cancel_percent)
SELECT n, n, 30, 120, 60, 0, 15, 24, 50
FROM generate_series(1, :n) n;

INSERT INTO booking_weeklyhours (diary_id, weekday, start, "end")
SELECT n, d, 540, 1020
FROM generate_series(1, :n) n, generate_series(0, 4) d;

INSERT INTO search_listing (id, practitioner_id, kind, shown_until, video_minor, video_currency)
SELECT n, n, 'massage_therapist', '2099-12-31', NULL, ''
FROM generate_series(1, :n) n;
