-- People, posts, schools and bodies end on a day; no row of them is ever removed, so any past day can be reprinted.
revoke delete on organisation.school, organisation.school_class, organisation.person, organisation.body,
  organisation.appointment, organisation.honour, organisation.nomination from yanxun_app;
