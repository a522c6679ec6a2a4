package dev.apprentice.contracts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Generates a record's builder at compile time, such as {@code ScoreBuilder} for {@code Score}. Optional components take an
 * {@code Optional} or a plain value.
 */
@RecordBuilder.Template(
        options = @RecordBuilder.Options(
                addConcreteSettersForOptional = RecordBuilder.ConcreteSettersForOptionalMode.ENABLED))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Built {}
