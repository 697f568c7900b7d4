-- What is whose, and what is planned when.

-- What somebody made, in the order of the editors' lists: by form, for who made many stories may have made few pages.
create index articles_made on articles (form, created_by, born);

-- What is to go out in a stretch of time, as far as it is a plan that nothing follows by itself.
create index articles_planned on articles (planned_for) where planned_for is not null;
