package dev.apprentice.dataset.datasets.format;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts Slack's messages to plain text: mentions by name, links by their label, without marks for bold, italic or
 * strikethrough.
 *
 * @param users names by id
 * @see <a href="https://api.slack.com/reference/surfaces/formatting">mrkdwn</a>
 */
record SlackText(Map<String, String> users) {

    private static final Pattern REFERENCE = Pattern.compile("<([@#!]?)([^<>|]*)(?:\\|([^<>]*))?>");
    private static final Pattern MARK = Pattern.compile("(?<![\\w*_~])([*_~])(?=\\S)([^*_~\\n]+?)(?<=\\S)\\1(?![\\w*_~])");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    String plain(String message) {
        String named = REFERENCE.matcher(message).replaceAll(found -> Matcher.quoteReplacement(reference(found)));
        StringBuilder plain = new StringBuilder();
        int end = 0;
        Matcher code = CODE.matcher(named);
        while (code.find()) { // inside code, marks are ordinary characters
            plain.append(unmarked(named.substring(end, code.start()))).append(code.group());
            end = code.end();
        }
        plain.append(unmarked(named.substring(end)));
        return plain.toString().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip();
    }

    private String reference(MatchResult found) {
        String to = found.group(2);
        String label = found.group(3) == null ? "" : found.group(3);
        return switch (found.group(1)) {
            case "@" -> "@" + users.getOrDefault(to, label.isEmpty() ? to : label);
            case "#" -> "#" + (label.isEmpty() ? to : label);
            case "!" -> label.isEmpty() ? "@" + to.replaceFirst("\\^.*", "") : label;
            default -> label.isEmpty() ? to.replaceFirst("^mailto:", "") : label;
        };
    }

    private static String unmarked(String text) {
        String before = text;
        String after = MARK.matcher(text).replaceAll("$2");
        while (!after.equals(before)) { // marks within marks
            before = after;
            after = MARK.matcher(before).replaceAll("$2");
        }
        return after;
    }
}
