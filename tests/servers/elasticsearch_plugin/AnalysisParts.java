package watch.tests;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractCharFilterFactory;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * Gives the test server, which has no analysis-common module, the parts of it that our mappings (and the server's
 * own security index) name. A full server has them all: the mapping sent to both is the same, word for word.
 */
public final class AnalysisParts extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> parts = new TreeMap<>();
        parts.put("arabic", analyzer(ArabicAnalyzer::new));
        parts.put("cjk", analyzer(CJKAnalyzer::new));
        parts.put("english", analyzer(EnglishAnalyzer::new));
        parts.put("french", analyzer(FrenchAnalyzer::new));
        parts.put("german", analyzer(GermanAnalyzer::new));
        parts.put("italian", analyzer(ItalianAnalyzer::new));
        parts.put("persian", analyzer(PersianAnalyzer::new));
        parts.put("portuguese", analyzer(PortugueseAnalyzer::new));
        parts.put("russian", analyzer(RussianAnalyzer::new));
        parts.put("spanish", analyzer(SpanishAnalyzer::new));
        parts.put("turkish", analyzer(TurkishAnalyzer::new));
        return parts;
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> parts = new TreeMap<>();
        parts.put("arabic_normalization", filter(ArabicNormalizationFilter::new));
        parts.put("asciifolding", filter(ASCIIFoldingFilter::new));
        parts.put("cjk_width", filter(CJKWidthFilter::new));
        parts.put("decimal_digit", filter(DecimalDigitFilter::new));
        parts.put("stemmer", AnalysisPlugin.requiresAnalysisSettings((index, environment, name, settings) -> {
            String language = settings.get("language");
            String snowball = language.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + language.substring(1);
            return factory(name, input -> new SnowballFilter(input, snowball));
        }));
        parts.put("unique", filter(RemoveDuplicatesTokenFilter::new));
        parts.put("pattern_capture", AnalysisPlugin.requiresAnalysisSettings((index, environment, name, settings) -> {
            java.util.regex.Pattern[] patterns =
                settings.getAsList("patterns").stream().map(java.util.regex.Pattern::compile)
                    .toArray(java.util.regex.Pattern[]::new);
            boolean keep = settings.getAsBoolean("preserve_original", true);
            return factory(name, input -> new PatternCaptureGroupTokenFilter(input, keep, patterns));
        }));
        return parts;
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("uax_url_email",
            (index, environment, name, settings) -> TokenizerFactory.newFactory(name, UAX29URLEmailTokenizer::new));
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of("mapping", AnalysisPlugin.requiresAnalysisSettings(
            (index, environment, name, settings) -> new Replacement(name, settings)));
    }

    private static AnalysisProvider<AnalyzerProvider<? extends Analyzer>> analyzer(Supplier<Analyzer> make) {
        return (index, environment, name, settings) -> new Provided(name, make.get());
    }

    private static AnalysisProvider<TokenFilterFactory> filter(UnaryOperator<TokenStream> wrap) {
        return (index, environment, name, settings) -> factory(name, wrap);
    }

    private static TokenFilterFactory factory(String name, UnaryOperator<TokenStream> wrap) {
        return new AbstractTokenFilterFactory(name) {
            @Override
            public TokenStream create(TokenStream input) {
                return wrap.apply(input);
            }
        };
    }

    private static final class Provided extends AbstractIndexAnalyzerProvider<Analyzer> {
        private final Analyzer analyzer;

        Provided(String name, Analyzer analyzer) {
            super(name);
            this.analyzer = analyzer;
        }

        @Override
        public Analyzer get() {
            return analyzer;
        }
    }

    /** Char filter "mapping": rules "a=>b", with Java's \\u escapes resolved as a full server does. */
    private static final class Replacement extends AbstractCharFilterFactory {
        private final NormalizeCharMap map;

        Replacement(String name, Settings settings) {
            super(name);
            NormalizeCharMap.Builder builder = new NormalizeCharMap.Builder();
            List<String> rules = settings.getAsList("mappings");
            for (String rule : rules) {
                String[] sides = rule.split("=>", 2);
                builder.add(unescape(sides[0].strip()), unescape(sides[1].strip()));
            }
            map = builder.build();
        }

        @Override
        public java.io.Reader create(java.io.Reader reader) {
            return new MappingCharFilter(map, reader);
        }

        private static String unescape(String side) {
            return side.startsWith("\\u") ? String.valueOf((char) Integer.parseInt(side.substring(2), 16)) : side;
        }
    }
}
