package dev.apprentice.dataset.datasets.personal;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import dev.apprentice.dataset.datasets.personal.Kind.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces personal data in texts: e-mail addresses by {@code <EMAIL>}, payment cards with a correct check digit by
 * {@code <CARD>}, IP addresses by {@code <IP>}, valid phone numbers by {@code <PHONE>}. A phone number needs its country's
 * prefix, unless that country is named. Counts the replacements of one reading. Not thread-safe.
 */
public final class PersonalData {

    private static final Pattern EMAIL = Pattern.compile(
            "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}_%+-][\\p{L}\\p{N}._%+-]{0,63}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}(?![\\p{L}\\p{N}-])");
    private static final Pattern CARD = Pattern.compile("(?<![\\d-])\\d(?:[ -]?\\d){12,18}(?![\\d-])");
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String HEX = "[0-9A-Fa-f]{1,4}";
    private static final Pattern IP = Pattern.compile("(?<![\\w.:])(?:" + OCTET + "(?:\\." + OCTET + "){3}(?!\\w|\\.\\d)"
            + "|(?:(?:" + HEX + ":){7}" + HEX + "|(?=(?:" + HEX + ")?(?::" + HEX + "){0,7}::)(?:" + HEX + "(?::" + HEX + "){0,6})?::(?:" + HEX
            + "(?::" + HEX + "){0,6})?)(?![\\w:]))");

    private final Map<String, UnaryOperator<String>> kinds = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** @param wanted the kinds to replace; none leaves texts unchanged */
    public PersonalData(List<Kind> wanted) {
        wanted.stream().sorted(PersonalData::longestFirst).forEach(kind -> kinds.put(kind.toString(), replacing(kind)));
    }

    /** Orders phones last, since a card's digits could be taken for a phone number. */
    private static int longestFirst(Kind one, Kind other) {
        return Boolean.compare(one.sort() == Sort.PHONE, other.sort() == Sort.PHONE);
    }

    private UnaryOperator<String> replacing(Kind kind) {
        return switch (kind.sort()) {
            case EMAIL -> text -> replaced(text, EMAIL, kind, found -> true);
            case CARD -> text -> replaced(text, CARD, kind, PersonalData::isLuhn);
            case IP -> text -> replaced(text, IP, kind, found -> found.matches(".*\\d.*"));
            case PHONE -> text -> withoutPhones(text, kind);
        };
    }

    /** Tells whether any kind is replaced. */
    public boolean isWanted() {
        return !kinds.isEmpty();
    }

    /** Returns the text with personal data replaced. */
    public String mask(String text) {
        String masked = text;
        for (UnaryOperator<String> kind : kinds.values()) {
            masked = kind.apply(masked);
        }
        return masked;
    }

    /** Returns how many of each kind were replaced so far. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    private String replaced(String text, Pattern pattern, Kind kind, Predicate<String> isOne) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(found -> {
            if (!isOne.test(found.group())) {
                return Matcher.quoteReplacement(found.group());
            }
            return count(kind);
        });
    }

    private String count(Kind kind) {
        String name = kind.sort().name();
        counts.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
        return "<" + name + ">";
    }

    private String withoutPhones(String text, Kind kind) {
        if (text.codePoints().filter(Character::isDigit).limit(5).count() < 5) {
            return text; // the matcher is slow, and a phone number has more digits
        }
        List<PhoneNumberMatch> matches = new ArrayList<>();
        PhoneNumberUtil.getInstance().findNumbers(text, kind.country(), Leniency.VALID, Long.MAX_VALUE).forEach(matches::add);
        StringBuilder masked = new StringBuilder();
        int end = 0;
        for (PhoneNumberMatch match : matches) {
            masked.append(text, end, match.start()).append(count(kind));
            end = match.end();
        }
        return masked.append(text, end, text.length()).toString();
    }

    /** Tells whether the last digit is the check digit of the others (ISO/IEC 7812-1). */
    private static boolean isLuhn(String number) {
        String digits = number.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 && !digits.matches("0+");
    }
}
