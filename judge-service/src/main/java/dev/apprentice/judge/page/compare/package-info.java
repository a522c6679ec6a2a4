/** One checkpoint against another, example by example. */
package dev.apprentice.judge.page.compare;
