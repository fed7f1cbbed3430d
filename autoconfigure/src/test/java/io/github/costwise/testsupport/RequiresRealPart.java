package io.github.costwise.testsupport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test when a real part is missing and says how to get it. Where {@code CI} is
 * {@code true} in the environment the test fails instead.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealPartCondition.class)
@Tag("real-part")
public @interface RequiresRealPart {

	/**
	 * What the test needs.
	 * @return the parts
	 */
	RealPart[] value();

}
