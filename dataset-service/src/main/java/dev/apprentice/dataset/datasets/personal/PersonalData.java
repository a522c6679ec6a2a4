package dev.apprentice.dataset.datasets.personal;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
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
 * Replaces personal data in texts: e-mail addresses by {@code <EMAIL>}, payment cards whose check digit is right by {@code
 * <CARD>}, IP addresses by {@code <IP>}, valid phone numbers by {@code <PHONE>}. A phone number is written with its country's
 * prefix, or as in a country that is named. Counts what it replaces; of one reading, and not for several threads.
 */
public final class PersonalData {

    private static final String PHONE = "phone";

    private static final String INTERNATIONAL = "ZZ";
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

    /**
     * @param kinds {@code email}, {@code phone}, {@code phone:DE}, {@code card}, {@code ip}; none for leaving texts alone
     * @throws IllegalArgumentException in a sentence, if there is no such kind
     */
    public PersonalData(List<String> kinds) {
        kinds.stream().map(kind -> kind.strip().toLowerCase(Locale.ROOT)).sorted(PersonalData::longestFirst).forEach(this::look);
    }

    /** The digits of a card could be taken for a phone's. */
    private static int longestFirst(String one, String other) {
        return Boolean.compare(one.startsWith(PHONE), other.startsWith(PHONE));
    }

    private void look(String kind) {
        if (kind.equals("email")) {
            kinds.put(kind, text -> replaced(text, EMAIL, kind, found -> true));
        } else if (kind.equals("card")) {
            kinds.put(kind, text -> replaced(text, CARD, kind, PersonalData::isLuhn));
        } else if (kind.equals("ip")) {
            kinds.put(kind, text -> replaced(text, IP, kind, found -> found.matches(".*\\d.*")));
        } else if (kind.equals(PHONE)) {
            kinds.put(kind, text -> withoutPhones(text, INTERNATIONAL));
        } else if (kind.matches("phone:[a-z]{2}")
                && PhoneNumberUtil.getInstance().getSupportedRegions().contains(kind.substring(6).toUpperCase(Locale.ROOT))) {
            kinds.put(kind, text -> withoutPhones(text, kind.substring(6).toUpperCase(Locale.ROOT)));
        } else {
            throw new IllegalArgumentException("'" + kind + "' is no kind of personal data; there are email, phone, phone:DE (of a"
                    + " country's two letters), card and ip");
        }
    }

    /** Whether any kind is looked for. */
    public boolean isWanted() {
        return !kinds.isEmpty();
    }

    /** The text with what was found replaced. */
    public String mask(String text) {
        String masked = text;
        for (UnaryOperator<String> kind : kinds.values()) {
            masked = kind.apply(masked);
        }
        return masked;
    }

    /** How many of each kind were replaced so far. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    private String replaced(String text, Pattern pattern, String kind, Predicate<String> isOne) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(found -> {
            if (!isOne.test(found.group())) {
                return Matcher.quoteReplacement(found.group());
            }
            return count(kind);
        });
    }

    private String count(String kind) {
        counts.merge(kind, 1, Integer::sum);
        return "<" + kind.toUpperCase(Locale.ROOT) + ">";
    }

    private String withoutPhones(String text, String region) {
        if (text.codePoints().filter(Character::isDigit).limit(5).count() < 5) {
            return text; // the matcher is slow
        }
        List<PhoneNumberMatch> matches = new ArrayList<>();
        PhoneNumberUtil.getInstance().findNumbers(text, region, Leniency.VALID, Long.MAX_VALUE).forEach(matches::add);
        StringBuilder masked = new StringBuilder();
        int end = 0;
        for (PhoneNumberMatch match : matches) {
            masked.append(text, end, match.start()).append(count(PHONE));
            end = match.end();
        }
        return masked.append(text, end, text.length()).toString();
    }

    /** Whether the last digit is the check digit of the others (ISO/IEC 7812-1). */
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
