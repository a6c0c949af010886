-- Which steps were ticked when something was handed in, by their places with blanks between them: the ticks of a round stay with it, also
-- once those of the next one are others. Empty, and so unknown, of what is there already.
ALTER TABLE deliverable ADD COLUMN ticked TEXT;
