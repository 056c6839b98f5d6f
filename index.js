/**
 * The package's entry for scripts: the pure helpers, without n8n. n8n itself loads the nodes and credentials that
 * package.json lists.
 */
'use strict';

const { countSegments, createRecipientParser, measureSegments } = require('./dist/helpers.js');
const library = require('./dist/libphonenumber.js');

module.exports = { countSegments, measureSegments, parseRecipients: createRecipientParser(library) };
