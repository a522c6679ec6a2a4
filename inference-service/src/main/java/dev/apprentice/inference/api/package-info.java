/** HTTP: one question, an exam's answers, and problems in the form of RFC 9457. */
package dev.apprentice.inference.api;
