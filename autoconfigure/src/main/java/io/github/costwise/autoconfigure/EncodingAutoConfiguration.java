package io.github.costwise.autoconfigure;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.encoding.EmbeddingModelTextEncoder;
import io.github.costwise.pipeline.AdmittedEncoder;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.spi.TextEncoder;

/**
 * Auto-configuration of encoding by an embedding model of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnCostwise
@EnableConfigurationProperties(EncodingProperties.class)
public final class EncodingAutoConfiguration {

	@Bean
	@ConditionalOnSetting("costwise.embedding.model-bean")
	@ConditionalOnMissingBean
	TextEncoder costwiseTextEncoder(EncodingProperties properties, ListableBeanFactory beans,
			ObjectProvider<CallBudgets> budgets) {
		String name = String.valueOf(properties.modelBean());
		TextEncoder paid = new EmbeddingModelTextEncoder(model(name, beans), name + ":" + properties.modelVersion(),
				properties.multilingual());
		return properties.remembering(new AdmittedEncoder(paid, budgets::getObject));
	}

	private static EmbeddingModel model(String name, ListableBeanFactory beans) {
		if (!beans.containsBean(name) || !beans.isTypeMatch(name, EmbeddingModel.class)) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.embedding.model-bean' is '" + name
							+ "', but there is no EmbeddingModel bean of that name.",
					action(String.join(", ", beans.getBeanNamesForType(EmbeddingModel.class))));
		}
		return beans.getBean(name, EmbeddingModel.class);
	}

	private static String action(String names) {
		return names.isEmpty()
				? "Add a Spring AI embedding model, or remove the property and add costwise-embedding, which encodes "
						+ "without a provider."
				: "Set it to one of: " + names + ".";
	}

}
