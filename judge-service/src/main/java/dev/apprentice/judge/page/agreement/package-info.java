/** How far judges agree with people, and with one another. */
package dev.apprentice.judge.page.agreement;
