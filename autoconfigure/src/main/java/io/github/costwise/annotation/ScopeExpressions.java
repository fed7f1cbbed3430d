package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionParser;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Parses the expressions of annotations and checks that what they name exists.
 */
final class ScopeExpressions {

	private final ExpressionParser parser = new SpelExpressionParser();

	private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

	private final String annotation;

	ScopeExpressions(String annotation) {
		this.annotation = annotation;
	}

	ParameterNameDiscoverer names() {
		return this.names;
	}

	ScopeExpression expression(Method method, String attribute, String text) {
		return text.isEmpty() ? ScopeExpression.constant(null) : parse(method, attribute, text, null);
	}

	ScopeExpression template(Method method, String attribute, String text) {
		return text.contains(ParserContext.TEMPLATE_EXPRESSION.getExpressionPrefix())
				? parse(method, attribute, text, ParserContext.TEMPLATE_EXPRESSION) : ScopeExpression.constant(text);
	}

	private ScopeExpression parse(Method method, String attribute, String text, @Nullable ParserContext context) {
		try {
			Expression expression = (context != null) ? this.parser.parseExpression(text, context)
					: this.parser.parseExpression(text);
			check(method, attribute, text, expression);
			return ScopeExpression.of(expression, where(method, attribute, text));
		}
		catch (ParseException ex) {
			throw new CostwiseConfigurationException(
					where(method, attribute, text) + " does not parse: " + ex.getMessage() + ".",
					"Correct the expression. An argument is named as '#argument', a constant is quoted as 'text'.", ex);
		}
	}

	private void check(Method method, String attribute, String text, Expression expression) {
		if (expression instanceof CompositeStringExpression composite) {
			for (Expression part : composite.getExpressions()) {
				check(method, attribute, text, part);
			}
		}
		else if (expression instanceof SpelExpression spel) {
			check(method, attribute, text, spel.getAST());
		}
	}

	private void check(Method method, String attribute, String text, SpelNode node) {
		if (node instanceof VariableReference variable) {
			String name = variable.toStringAST().substring(1);
			Set<String> known = known(method);
			if (!known.contains(name)) {
				throw new CostwiseConfigurationException(
						where(method, attribute, text) + " names '#" + name + "', which is no parameter of the method.",
						known.isEmpty() ? "The method has no parameters; use a constant, quoted as 'text'."
								: "Use one of #" + String.join(", #", known) + ".");
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			check(method, attribute, text, node.getChild(i));
		}
	}

	private Set<String> known(Method method) {
		Set<String> known = new LinkedHashSet<>();
		@Nullable String @Nullable [] named = this.names.getParameterNames(method);
		if (named != null) {
			Arrays.stream(named).filter(Objects::nonNull).forEach(known::add);
		}
		for (int i = 0; i < method.getParameterCount(); i++) {
			known.add("p" + i);
			known.add("a" + i);
		}
		return known;
	}

	private String where(Method method, String attribute, String text) {
		return this.annotation + " on " + CostOptimizedOperation.describe(method) + ": the expression '" + text
				+ "' of '" + attribute + "'";
	}

}
