package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.util.ObjectUtils;
import org.springframework.util.ReflectionUtils;

import io.github.costwise.OwnerPart;
import io.github.costwise.faults.Faults;

/**
 * A constant text, an expression over the arguments of a method, or nothing. It knows
 * where it stands, and says so when it fails.
 */
final class ScopeExpression {

	private static final String UNOWNED = ": the model calls are accounted for without it, and the response cache is "
			+ "bypassed (owner-unknown). Where it may be missing, let an AttributionResolver say Attribution.shared()";

	private final @Nullable String text;

	private final @Nullable Expression expression;

	private final String place;

	private ScopeExpression(@Nullable String text, @Nullable Expression expression, String place) {
		this.text = text;
		this.expression = expression;
		this.place = place;
	}

	static ScopeExpression constant(@Nullable String text) {
		return new ScopeExpression(text, null, "");
	}

	/**
	 * An expression.
	 * @param place names the method and the attribute
	 */
	static ScopeExpression of(Expression expression, String place) {
		return new ScopeExpression(null, expression, place);
	}

	boolean isConstant() {
		return this.expression == null;
	}

	boolean isGiven() {
		return this.expression != null || this.text != null;
	}

	@Nullable String value(@Nullable EvaluationContext context, Faults faults) {
		try {
			return text(context);
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			faults.report(Faults.Kind.SCOPE, this.place + " failed", ex);
			return null;
		}
	}

	/**
	 * Whose answers are to be removed.
	 * @throws RuntimeException if the expression does
	 */
	EvictedNames names(EvaluationContext context) {
		return (this.expression != null) ? EvictedNames.of(this.expression, context)
				: new EvictedNames((this.text != null) ? List.of(this.text) : List.of(), this.text != null);
	}

	/** The value as part of an owner: nothing is not nobody. */
	OwnerPart part(@Nullable EvaluationContext context, Faults faults) {
		if (!isGiven()) {
			return OwnerPart.UNSAID;
		}
		try {
			return OwnerPart.of(text(context), this.place + " gave no name");
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			faults.report(Faults.Kind.SCOPE, this.place + " failed" + UNOWNED, ex);
			return OwnerPart.UNKNOWN;
		}
	}

	private @Nullable String text(@Nullable EvaluationContext context) {
		return (this.expression != null && context != null) ? asText(this.expression.getValue(context)) : this.text;
	}

	/**
	 * The text of a value, or {@code null} where it has none: what is empty, what is not
	 * there yet, and what would be written as its class or its place in memory. Such
	 * texts would be the same for many owners.
	 */
	static @Nullable String asText(@Nullable Object value) {
		Object present = (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
		if (present instanceof CharSequence) {
			return present.toString();
		}
		return (present == null || ObjectUtils.isEmpty(present) || isWithoutText(present.getClass())) ? null
				: present.toString();
	}

	private static boolean isWithoutText(Class<?> type) {
		Method method = ReflectionUtils.findMethod(type, "toString");
		return method == null || method.getDeclaringClass() == Object.class || Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
