package dev.apprentice.contracts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a builder at compile time, {@code ScoreBuilder} of {@code Score}; what is optional may be set as such or as its value. */
@RecordBuilder.Template(
        options = @RecordBuilder.Options(
                addConcreteSettersForOptional = RecordBuilder.ConcreteSettersForOptionalMode.ENABLED))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Built {}
