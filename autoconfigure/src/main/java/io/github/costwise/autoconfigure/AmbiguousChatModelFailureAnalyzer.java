package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a start that fails because several chat models could be behind the injectable
 * builder. Ahead of Spring Boot's own analyzer, which cannot know the property.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class AmbiguousChatModelFailureAnalyzer extends AbstractFailureAnalyzer<NoUniqueBeanDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoUniqueBeanDefinitionException cause) {
		if (cause.getBeanType() == null || !ChatModel.class.isAssignableFrom(cause.getBeanType())) {
			return null;
		}
		String models = (cause.getBeanNamesFound() != null) ? String.join(", ", cause.getBeanNamesFound()) : "several";
		return new FailureAnalysis(
				"The application has more than one chat model (" + models
						+ "), and a ChatModel or ChatClient.Builder is injected without saying which.",
				"Set '" + DefaultChatModelPostProcessor.PROPERTY + "' to the bean name of the one to use by default, "
						+ "or set 'spring.ai.model.chat' to build only one of them.",
				cause);
	}

}
