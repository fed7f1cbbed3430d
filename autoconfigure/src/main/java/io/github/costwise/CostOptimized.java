package io.github.costwise;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a cost scope around a method of a Spring bean: what model calls inside it cost is
 * attributed, and follows a policy. On a class or interface it holds for all its public
 * methods; on a method it wins over the one on the class.
 *
 * <pre>{@code
 * &#64;CostOptimized(feature = "answer", tenant = "#customer.tenant", user = "#customer.id")
 * public String answer(Customer customer, String question) { ... }
 * }</pre>
 *
 * Expressions are Spring's expression language; {@code #name} is the argument of that
 * name, {@code #p0} the first. They are checked when the application starts. An
 * expression that fails at a call leaves the value empty, is logged once and counted. A
 * tenant or user whose expression fails or gives no name is unknown, which is not nobody:
 * the response cache is bypassed.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface CostOptimized {

	/**
	 * Name of the policy, as under {@code costwise.policies}.
	 * @return the name; empty for the policy {@code default}
	 */
	String policy() default "";

	/**
	 * Tier of model to use.
	 * @return the tier; {@link Tier#AUTO} lets Costwise choose
	 */
	Tier tier() default Tier.AUTO;

	/**
	 * Feature that the cost belongs to: text that may hold expressions as
	 * <code>#{...}</code>.
	 * @return the feature; empty for {@code ClassName.method}
	 */
	String feature() default "";

	/**
	 * Expression for the tenant.
	 * @return the expression; empty for none
	 */
	String tenant() default "";

	/**
	 * Expression for the user.
	 * @return the expression; empty for none
	 */
	String user() default "";

	/**
	 * Version of the prompt, so that its cost can be compared with that of another.
	 * @return the version; empty for none
	 */
	String promptVersion() default "";

	/**
	 * Further labels, each {@code name=value}, where the value may hold expressions as
	 * <code>#{...}</code>.
	 * @return the labels
	 */
	String[] tags() default {};

	/**
	 * Most output tokens of each call.
	 * @return the limit; 0 for that of the policy
	 */
	int maxOutputTokens() default 0;

	/**
	 * Most calls of each turn, tool rounds and repeats included.
	 * @return the limit; 0 for that of the policy
	 */
	int maxCalls() default 0;

	/**
	 * Most that a turn may cost, in US dollars as a decimal number. A call that may cost
	 * more than is left is given a lower limit of output tokens, or not sent.
	 * @return the limit; empty for that of the policy
	 */
	String maxCostUsd() default "";

}
