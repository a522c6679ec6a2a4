/** The report page's data and functions. It only reads scores and reports, and does not depend on the judges. */
package dev.apprentice.judge.page;
