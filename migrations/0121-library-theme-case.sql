-- The theme cases of every school are counted on one page: by their own index, not by reading the library.
create index item_theme_case on library.item (school_id) where kind = 'theme-case';
