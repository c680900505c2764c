-- By which vector instructions a version was read: others round otherwise, and what they find cannot be compared byte for byte.

ALTER TABLE readout ADD COLUMN arithmetic TEXT NOT NULL DEFAULT '';
