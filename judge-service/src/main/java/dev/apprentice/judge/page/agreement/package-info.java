/** The agreement of judges with people, and with one another. */
package dev.apprentice.judge.page.agreement;
