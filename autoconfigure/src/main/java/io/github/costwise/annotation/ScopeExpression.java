package io.github.costwise.annotation;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;

import io.github.costwise.Faults;

/**
 * A constant text, an expression over the arguments of a method, or nothing.
 */
final class ScopeExpression {

	private final @Nullable String text;

	private final @Nullable Expression expression;

	private ScopeExpression(@Nullable String text, @Nullable Expression expression) {
		this.text = text;
		this.expression = expression;
	}

	static ScopeExpression constant(@Nullable String text) {
		return new ScopeExpression(text, null);
	}

	static ScopeExpression of(Expression expression) {
		return new ScopeExpression(null, expression);
	}

	boolean isConstant() {
		return this.expression == null;
	}

	boolean isGiven() {
		return this.expression != null || this.text != null;
	}

	@Nullable String value(@Nullable EvaluationContext context, Faults faults) {
		if (this.expression == null || context == null) {
			return this.text;
		}
		try {
			Object value = this.expression.getValue(context);
			return (value != null) ? value.toString() : null;
		}
		catch (RuntimeException ex) {
			faults.report(Faults.Kind.SCOPE, ex);
			return null;
		}
	}

}
