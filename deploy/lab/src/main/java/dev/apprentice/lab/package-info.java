/** What measures and torments a system, and makes the demo's data: for those who develop Apprentice, not for its users. */
package dev.apprentice.lab;
