/** Starting, watching and ending the five processes; what is known about them lies in one folder. */
package dev.apprentice.local.system;
