// Run by the MongoDB image when its volume is new: the user of Gangway, which may use its own database and nothing else.
const password = require('node:fs').readFileSync('/run/secrets/mongodb-password', 'utf8').trim();
db.getSiblingDB('gangway').createUser({
  user: 'gangway',
  pwd: password,
  roles: [{ role: 'readWrite', db: 'gangway' }],
});
