/** Support for the tests of several modules: a broker, topics, fixtures, packaged services. */
package dev.apprentice.testkit;
