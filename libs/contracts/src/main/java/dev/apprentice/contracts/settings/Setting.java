package dev.apprentice.contracts.settings;

import dev.apprentice.contracts.run.DataSource.Source;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting of a run. Its name and type are the record component's, its default is what the record fills in where nothing is
 * said. Bounds are of numbers; of a {@link java.time.Duration} they are seconds.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /** What it does, for the command line's help, without a full stop; empty for a group of settings. */
    String value() default "";

    /** The option on the command line; empty where there is none. */
    String option() default "";

    /** What stands for the option's value in the help. */
    String label() default "N";

    /** What stands between the values of an option that takes several; empty where the option is repeated instead. */
    String separator() default ",";

    /** The default where the record has no value for it, in words; empty where it must be given. */
    String unset() default "";

    /** The sources of the runs that can have it; any other run must leave it out. */
    Source[] of() default {Source.DATASET, Source.STREAM};

    /** The least value. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Values are above this one. */
    double above() default Double.NEGATIVE_INFINITY;

    /** The greatest value. */
    double max() default Double.POSITIVE_INFINITY;

    /** Values are below this one. */
    double below() default Double.POSITIVE_INFINITY;
}
