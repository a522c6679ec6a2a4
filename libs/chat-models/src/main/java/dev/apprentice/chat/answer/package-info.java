/** What a model answered, read without doubt or not at all. */
package dev.apprentice.chat.answer;
