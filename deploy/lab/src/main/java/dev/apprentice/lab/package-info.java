/** What measures a system and puts it under stress, and makes the demo's data: for those who develop Apprentice, not for its users. */
package dev.apprentice.lab;
