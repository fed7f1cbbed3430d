package io.github.costwise.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;

/**
 * Whose answers an expression says to remove. Immutable.
 *
 * @param names the names: of a collection or an array, each of its elements as well
 * @param complete whether every part of what was asked gave a name
 */
record EvictedNames(List<String> names, boolean complete) {

	static EvictedNames of(Expression expression, EvaluationContext context) {
		return (expression instanceof CompositeStringExpression template) ? ofTemplate(template, context)
				: ofValue(expression.getValue(context));
	}

	/** The text is the one that a scope of the same template would have. */
	private static EvictedNames ofTemplate(CompositeStringExpression template, EvaluationContext context) {
		StringBuilder text = new StringBuilder();
		boolean complete = true;
		for (Expression part : template.getExpressions()) {
			String value = part.getValue(context, String.class);
			text.append((value != null) ? value : "");
			complete &= part instanceof LiteralExpression || (value != null && !value.isBlank());
		}
		EvictedNames whole = of(List.of(text));
		return new EvictedNames(whole.names(), whole.complete() && complete);
	}

	private static EvictedNames ofValue(@Nullable Object value) {
		List<@Nullable Object> values = new ArrayList<>();
		values.add(value);
		if (value instanceof Collection<?> collection) {
			values.addAll(collection);
		}
		else if (value instanceof @Nullable Object[] array) {
			return of(Arrays.asList(array));
		}
		return of(values);
	}

	private static EvictedNames of(Collection<? extends @Nullable Object> values) {
		List<String> names = new ArrayList<>();
		for (Object value : values) {
			String text = ScopeExpression.asText(value);
			if (text != null && !text.isBlank()) {
				names.add(text);
			}
		}
		return new EvictedNames(List.copyOf(names), !values.isEmpty() && names.size() == values.size());
	}

}
