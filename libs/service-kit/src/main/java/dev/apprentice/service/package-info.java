/** What the four services share as Quarkus applications: topics made at start, health, log context, dead letters. */
package dev.apprentice.service;
