/**
 * The package's entry for scripts: the pure helpers, without n8n. n8n itself loads the nodes and credentials that
 * package.json lists.
 */
'use strict';

const library = require('./dist/nodes/shared/phone/libphonenumber.js');
const { createRecipientParser } = require('./dist/nodes/shared/phone/recipients.js');
const { countSegments, measureSegments } = require('./dist/nodes/shared/segments/segments.js');

module.exports = { countSegments, measureSegments, parseRecipients: createRecipientParser(library) };
