/** What the tests of several modules share: a broker, topics, fixtures, packaged services. */
package dev.apprentice.testkit;
