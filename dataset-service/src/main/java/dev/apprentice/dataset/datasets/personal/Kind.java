package dev.apprentice.dataset.datasets.personal;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of personal data.
 *
 * @param country two letters of the country whose phone numbers are recognised without a prefix; {@value #ANY} for none
 */
public record Kind(Sort sort, String country) {

    /** The sort of data. */
    enum Sort {
        EMAIL,
        PHONE,
        CARD,
        IP
    }

    private static final String ANY = "ZZ";
    private static final Pattern WRITTEN = Pattern.compile("(EMAIL|PHONE|CARD|IP)|PHONE:([A-Z]{2})");

    /**
     * Parses names of kinds.
     *
     * @param names {@code email}, {@code phone}, {@code phone:DE}, {@code card}, {@code ip}
     * @throws IllegalArgumentException if there is no such kind; its message is a sentence
     */
    public static List<Kind> named(List<String> names) {
        return names.stream().map(Kind::named).distinct().toList();
    }

    private static Kind named(String name) {
        Matcher written = WRITTEN.matcher(name.strip().toUpperCase(Locale.ROOT));
        if (written.matches() && written.group(2) == null) {
            return new Kind(Sort.valueOf(written.group()), ANY);
        }
        if (written.matches() && PhoneNumberUtil.getInstance().getSupportedRegions().contains(written.group(2))) {
            return new Kind(Sort.PHONE, written.group(2));
        }
        throw new IllegalArgumentException("'" + name + "' is no kind of personal data; there are email, phone, phone:DE (of a"
                + " country's two letters), card and ip");
    }
}
