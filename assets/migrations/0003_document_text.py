
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0002_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checksum', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be read'), ('read', 'read'), ('empty', 'has no text'), ('failed', 'could not be read')], max_length=10)),
                ('problem', models.CharField(blank=True, max_length=20)),
                ('unit', models.CharField(blank=True, max_length=10)),
                ('page_count', models.PositiveIntegerField(blank=True, null=True)),
                ('read_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='DocumentTextPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('document_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='assets.documenttext')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('document_text', 'number'), name='unique_document_text_page')],
            },
        ),
    ]
