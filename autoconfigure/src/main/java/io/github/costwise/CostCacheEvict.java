package io.github.costwise;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Removes answers from the response cache when a method of a Spring bean has returned
 * without an exception: those that do not hold any more because of what the method does.
 * Where it returns a promise of any library, such as a {@code Mono}, a {@code Flux} or a
 * {@code CompletionStage}, that is when the promise was kept.
 *
 * <pre>{@code
 * &#64;CostCacheEvict(tenant = "#order.tenant", tags = "orders")
 * public void save(Order order) { ... }
 * }</pre>
 *
 * Each attribute removes by itself; together they remove whatever one of them names.
 * Expressions are Spring's expression language, as in {@link CostOptimized}, and checked
 * when the application starts; of a collection or an array, each element is a name. An
 * expression that fails or gives no name, and a store that cannot be asked, do not fail
 * the method: a warning names method and attribute once, and the fault is counted.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CostCacheEvict {

	/**
	 * Expression for the tenant whose answers are removed.
	 * @return the expression; empty for none
	 */
	String tenant() default "";

	/**
	 * Expression for the user whose answers are removed.
	 * @return the expression; empty for none
	 */
	String user() default "";

	/**
	 * Feature whose answers are removed: text that may hold expressions as
	 * <code>#{...}</code>.
	 * @return the feature; empty for none
	 */
	String feature() default "";

	/**
	 * Prompt version whose answers are removed.
	 * @return the version; empty for none
	 */
	String promptVersion() default "";

	/**
	 * Tags whose answers are removed: each one of a policy, or {@code name=value} of a
	 * scope. May hold expressions as <code>#{...}</code>.
	 * @return the tags
	 */
	String[] tags() default {};

	/**
	 * Whether everything is removed.
	 * @return whether it is
	 */
	boolean all() default false;

	/**
	 * Whether answers are removed before the method runs, even if it throws.
	 * @return whether they are
	 */
	boolean beforeInvocation() default false;

}
