package dev.apprentice.contracts.settings;

import dev.apprentice.contracts.run.DataSource.Source;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a setting of a run. Its name and type are the record component's; its default is what the record's constructor fills
 * in. Bounds hold for numbers, and for a {@link java.time.Duration} in seconds.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /** What the setting does, for the command line's help, without a full stop; empty for a group of settings. */
    String value() default "";

    /** The option of the command line; empty if there is none. */
    String option() default "";

    /** The placeholder of the option's value in the help. */
    String label() default "N";

    /** The separator of an option's several values; empty if the option is repeated instead. */
    String separator() default ",";

    /** The default in words, if the record has no value for it; empty if the setting is required. */
    String unset() default "";

    /** The data sources whose runs can have the setting; other runs must leave it out. */
    Source[] of() default {Source.DATASET, Source.STREAM};

    /** The least value, inclusive. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The exclusive lower bound. */
    double above() default Double.NEGATIVE_INFINITY;

    /** The greatest value, inclusive. */
    double max() default Double.POSITIVE_INFINITY;

    /** The exclusive upper bound. */
    double below() default Double.POSITIVE_INFINITY;
}
