-- Who acted is named by an id that says what it names: `key:…`, beside `root`, `cron` and `version`, since people come in, too.
update audit set actor = 'key:' || actor where actor not in ('root', 'cron', 'version');
update articles set created_by = 'key:' || created_by where created_by not in ('root', 'cron', 'version');
update revisions set saved_by = 'key:' || saved_by where saved_by not in ('root', 'cron', 'version');
update media set created_by = 'key:' || created_by where created_by not in ('root', 'cron', 'version');

-- Any call that makes something may name itself.
update idempotency set owner = 'key:' || owner where owner <> 'root';
alter table idempotency drop column article_id;
